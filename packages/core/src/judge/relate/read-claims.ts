import { findAuthors } from "../../cosign/authors.ts";
import { readCosigns } from "../../cosign/trailer.ts";
import { type VerifiedClaim, verifyClaim } from "../../cosign/verify.ts";
import { workOf } from "../../cosign/work.ts";
import { findOwnChanges } from "../../merge/own-changes.ts";
import { parseCommit } from "../../object/commit.ts";
import type { ObjectId } from "../../object/oid.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Repository } from "../../repository.ts";

/** The co-signs in the message of a commit, verified, whatever is asked of it. */
export async function readClaims(
  repository: Repository,
  policy: Policy,
  branch: string,
  oid: ObjectId,
): Promise<readonly VerifiedClaim[]> {
  const commit = parseCommit(await repository.commit(oid));
  const { claims } = commit.malformed === undefined ? readCosigns(commit) : { claims: [] };
  if (claims.length === 0) return [];
  const own = commit.parents.length > 1 ? await findOwnChanges(repository, commit) : [];
  for await (const { changes } of repository.changes([commit])) {
    const work = workOf(policy, branch, { commit, changes, own });
    return claims.map((claim) => verifyClaim(policy, claim, oid, work, findAuthors(policy, commit)));
  }
  return [];
}
