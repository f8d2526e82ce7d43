import { NAMESPACE } from "../../cosign/lines.ts";
import type { SignedStatement } from "../../ledger/record-file.ts";
import type { IsGenuine } from "../../ledger/record-reader.ts";
import type { Policy } from "../../policy/policy.ts";
import { findPersonByEmail } from "../../policy/roster.ts";
import { verifySignature } from "../../ssh/verify-signature.ts";
import type { LedgerSigner } from "./record-source.ts";

/** Who of the roster speaks by it; undefined if that is nobody, or the signature does not hold. A witness speaks for reviews alone. */
export function findLedgerSigner(
  policy: Policy,
  { head, signature, bytes }: SignedStatement,
): LedgerSigner | undefined {
  const person = findPersonByEmail(policy, head.cosigner);
  const { reviewed } = head;
  const keys = reviewed ? policy.witnesses.find(({ name }) => name === reviewed.witness)?.keys : person?.keys;
  const key = keys?.find(({ text }) => text === signature.key.text);
  if (!person || !key) return undefined;
  const verified = verifySignature(signature, NAMESPACE, bytes);
  if (!verified.valid) return undefined;
  const signed = verified.touched ? "hardware" : "signed";
  return { person, key, proof: reviewed ? "reviewed" : signed };
}

/** Separates what is signed by whom it names from what anyone may have signed. */
export function isGenuineUnder(policy: Policy): IsGenuine {
  return (statement) => findLedgerSigner(policy, statement) !== undefined;
}
