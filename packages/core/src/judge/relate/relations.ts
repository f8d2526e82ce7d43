import type { SignatureId, VerifiedClaim } from "../../cosign/verify.ts";
import type { ObjectId } from "../../object/oid.ts";

/** What only other commits can say of one. */
export interface Relations {
  /** The commit that used up a signature which this one bears; undefined where it still counts. */
  spentBy(signature: SignatureId, bearer: ObjectId): ObjectId | undefined;
  /** The co-signs of merges that bring the commit in. */
  vouchersOf(commit: ObjectId): readonly VerifiedClaim[];
}

/** Those of a commit that stands alone. */
export const NO_RELATIONS: Relations = { spentBy: () => undefined, vouchersOf: () => [] };
