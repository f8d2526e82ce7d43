import type { Defect, VerifiedClaim, VerifiedSignature } from "../../cosign/verify.ts";
import type { ObjectId } from "../../object/oid.ts";

/** What only other commits can say about one. */
export interface Relations {
  /** What keeps a signature from counting that neither it nor its commit shows; undefined if it still counts. */
  defectOf(signature: VerifiedSignature): Defect | undefined;
  /** The co-signs of merges that bring the commit in. */
  vouchersOf(commit: ObjectId): readonly VerifiedClaim[];
}

/** For a commit that stands alone. */
export const NO_RELATIONS: Relations = { defectOf: () => undefined, vouchersOf: () => [] };
