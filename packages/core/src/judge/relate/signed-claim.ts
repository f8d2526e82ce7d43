import type { Approval, VerifiedClaim, VerifiedSignature } from "../../cosign/verify.ts";

/** A signature that verifies, what it approves, and the claim that bears it. */
export interface SignedClaim {
  readonly claim: VerifiedClaim;
  readonly signature: VerifiedSignature;
  readonly approval: Approval;
}

/** Whether it was signed together with everything else in its record. */
export function isOfLedger({ claim }: SignedClaim): boolean {
  return claim.where.carrier !== "trailer";
}

/** Every signature of the claims that verifies. */
export function signedClaims(claims: readonly VerifiedClaim[]): readonly SignedClaim[] {
  return claims.flatMap((claim) =>
    claim.signatures.flatMap(({ result }) =>
      "code" in result || !result.approval ? [] : [{ claim, signature: result, approval: result.approval }],
    ),
  );
}

/** Whether it approves a whole branch as one change. */
export function isWholeBranch({ block }: Approval): boolean {
  return block.commits !== undefined;
}

/** Whether it approves a part of what was signed along with it as one change. */
export function isPartial(approval: Approval): boolean {
  return !isWholeBranch(approval) && isOfBranch(approval);
}

/** Whether it was signed along with a whole branch as one change, or is that. */
export function isOfBranch({ signed }: Approval): boolean {
  return signed.lines.blocks.some(({ commits }) => commits !== undefined);
}
