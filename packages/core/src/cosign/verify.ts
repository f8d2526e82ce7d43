import type { ViolationCode, ViolationData } from "../messages/violations.ts";
import type { ObjectId } from "../object/oid.ts";
import type { Person, PersonKey, Policy } from "../policy/policy.ts";
import type { Proof } from "../policy/requirement.ts";
import { findPersonByEmail } from "../policy/roster.ts";
import { fingerprint } from "../ssh/fingerprint.ts";
import { verifySignature } from "../ssh/verify-signature.ts";
import { type Claim, type ClaimPlace, type CoSignature, spotOf } from "./claim.ts";
import { digestOf } from "./digest.ts";
import { findPayloadDefect, formatPayload, NAMESPACE, type SignedWork } from "./payload.ts";

/** The same for every signature of one person's key over one payload, however its bytes were made. */
export type SignatureId = string;

/** A signature that verifies, by a key that the roster lists for its signer. */
export interface VerifiedSignature {
  readonly id: SignatureId;
  /** When it was made, in seconds since 1970. */
  readonly time: number;
  readonly proof: Exclude<Proof, "declared">;
}

/** Something that keeps a co-sign from counting, whatever is asked for. */
export type Defect = {
  readonly [Code in ViolationCode]: { readonly code: Code; readonly data: ViolationData<Code> };
}[ViolationCode];

/** What became of one signature. Whether its key is valid depends on the time, and is not looked at. */
export interface CheckedSignature {
  /** The roster's key of the signer that made it; undefined where it lists none like it. */
  readonly key: PersonKey | undefined;
  readonly result: VerifiedSignature | Defect;
}

/** A claim, whose it is, and what its signatures are worth at any time. */
export interface VerifiedClaim {
  /** The commit that it stands in. */
  readonly bearer: ObjectId;
  readonly email: string;
  readonly where: ClaimPlace;
  /** Undefined where the roster has nobody of that address. */
  readonly person: Person | undefined;
  /** In the order of the carrier. Without any the co-sign is declared alone. */
  readonly signatures: readonly CheckedSignature[];
}

/** Verifies the signatures of a claim over a commit's work. */
export function verifyClaim(policy: Policy, claim: Claim, bearer: ObjectId, work: SignedWork): VerifiedClaim {
  const { email, where } = claim;
  const person = findPersonByEmail(policy, email);
  const signatures = person ? claim.signatures.map((signature) => check(person, claim, signature, work)) : [];
  return { bearer, email, where, person, signatures };
}

/** The signatures of a claim that verify. */
export function verifiedSignatures({ signatures }: VerifiedClaim): readonly VerifiedSignature[] {
  return signatures.flatMap(({ result }) => ("code" in result ? [] : [result]));
}

/** The id that a signature has where it verifies; undefined where nothing could be signed. */
export function signatureId(
  email: string,
  { signature, time }: CoSignature,
  work: SignedWork,
): SignatureId | undefined {
  const payload = { ...work, cosigner: email, time };
  if (findPayloadDefect(payload) !== undefined) return undefined;
  return idOf(signature.key.text, formatPayload(payload));
}

function idOf(key: string, payload: Uint8Array): SignatureId {
  return `${key} ${digestOf(payload)}`;
}

function check(person: Person, { email, where }: Claim, signed: CoSignature, work: SignedWork): CheckedSignature {
  const { signature, time } = signed;
  const key = person.keys.find(({ text }) => text === signature.key.text);
  if (!key) {
    const data = { email, fingerprint: fingerprint(signature.key) };
    return { key, result: { code: "COSIGN_KEY_UNKNOWN", data } };
  }
  const mismatch = (reason: string): CheckedSignature => ({
    key,
    result: { code: "COSIGN_MISMATCH", data: { email, ...spotOf(where), reason } },
  });
  const payload = { ...work, cosigner: email, time };
  const unclear = findPayloadDefect(payload);
  if (unclear !== undefined) return mismatch(unclear);
  const bytes = formatPayload(payload);
  const verified = verifySignature(signature, NAMESPACE, bytes);
  if (!verified.valid) return mismatch(`the signature ${verified.flaw}`);
  const proof = verified.touched ? "hardware" : "signed";
  return { key, result: { id: idOf(key.text, bytes), time: Date.parse(time) / 1000, proof } };
}
