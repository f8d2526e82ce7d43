import type { Claim } from "../../cosign/claim.ts";
import { CountersignError } from "../../error.ts";
import type { ObjectId } from "../../object/oid.ts";

/** More co-signs, or signatures, than a team has people: each signature takes time to verify. */
const LIMIT = 100;

/** What keeps the co-signs in a commit's message from being checked: everyone else would have to wait for it. */
export function findExcess(commit: ObjectId, claims: readonly Claim[]): CountersignError | undefined {
  const signatures = claims.reduce((sum, claim) => sum + claim.signatures.length, 0);
  if (claims.length <= LIMIT && signatures <= LIMIT) return undefined;
  return new CountersignError("COSIGNS_TOO_MANY", { commit, cosigns: claims.length, signatures, limit: LIMIT });
}
