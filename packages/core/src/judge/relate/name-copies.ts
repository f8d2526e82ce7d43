import { hexOf } from "../../bytes.ts";
import type { CheckedSignature } from "../../cosign/verify.ts";
import { abbreviate, type ObjectId } from "../../object/oid.ts";
import type { Case } from "../gather/case.ts";

/** Says of a signature over another change for which of these commits it was made: the trailer of a neighbour is easily copied. */
export function nameCopies(cases: readonly Case[]): readonly Case[] {
  if (!cases.some(isMismatched)) return cases;
  const made = new Map<string, ObjectId>();
  for (const each of cases) {
    for (const { value, result } of signaturesOf(each)) {
      if (value && "id" in result) made.set(hexOf(value), each.summary.commit);
    }
  }
  return cases.map((each) => (isMismatched(each) ? nameIn(each, made) : each));
}

function nameIn(of: Case, made: ReadonlyMap<string, ObjectId>): Case {
  const name = (signature: CheckedSignature): CheckedSignature => {
    const { value, result } = signature;
    const commit = value && made.get(hexOf(value));
    // One that is a commit's own has its line changed.
    if (commit === undefined || commit === of.summary.commit) return signature;
    if (!("code" in result) || result.code !== "COSIGN_MISMATCH") return signature;
    const reason = `it was made for commit ${abbreviate(commit)}`;
    return { ...signature, result: { ...result, data: { ...result.data, reason } } };
  };
  return { ...of, claims: of.claims.map((claim) => ({ ...claim, signatures: claim.signatures.map(name) })) };
}

function signaturesOf({ claims }: Case): readonly CheckedSignature[] {
  return claims.flatMap(({ signatures }) => signatures);
}

function isMismatched(of: Case): boolean {
  return signaturesOf(of).some(isMismatch);
}

function isMismatch({ result }: CheckedSignature): boolean {
  return "code" in result && result.code === "COSIGN_MISMATCH";
}
