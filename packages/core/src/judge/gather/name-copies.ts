import { hexOf } from "../../bytes.ts";
import type { CheckedSignature } from "../../cosign/verify.ts";
import type { ObjectId } from "../../object/oid.ts";
import type { Case } from "./case.ts";

/** Says of a signature over another change for which of these commits it was made: the trailer of a neighbour is easily copied. */
export function nameCopies(cases: readonly Case[]): readonly Case[] {
  if (!cases.some((each) => signaturesOf(each).some(isMismatch))) return cases;
  const made = new Map<string, ObjectId>();
  for (const each of cases) {
    for (const { value, result } of signaturesOf(each)) {
      if (value && "id" in result) made.set(hexOf(value), each.summary.commit);
    }
  }
  const name = (signature: CheckedSignature): CheckedSignature => {
    const { value, result } = signature;
    const commit = value && made.get(hexOf(value));
    if (commit === undefined || !("code" in result) || result.code !== "COSIGN_MISMATCH") return signature;
    const reason = `it was made for commit ${commit.slice(0, 12)}`;
    return { ...signature, result: { code: "COSIGN_MISMATCH", data: { ...result.data, reason } } };
  };
  return cases.map((each) =>
    signaturesOf(each).some(isMismatch)
      ? { ...each, claims: each.claims.map((claim) => ({ ...claim, signatures: claim.signatures.map(name) })) }
      : each,
  );
}

function signaturesOf({ claims }: Case): readonly CheckedSignature[] {
  return claims.flatMap(({ signatures }) => signatures);
}

function isMismatch({ result }: CheckedSignature): boolean {
  return "code" in result && result.code === "COSIGN_MISMATCH";
}
