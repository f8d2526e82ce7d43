import type { VerifiedClaim } from "../../cosign/verify.ts";
import type { ObjectId } from "../../object/oid.ts";
import type { Policy } from "../../policy/policy.ts";
import type { CommitParents, Repository } from "../../repository.ts";
import type { Case } from "../gather/case.ts";
import { readClaims } from "./read-claims.ts";

/**
 * The co-signs of merges that bring a commit in by their other parents: where the coverage of something that is asked of
 * the commit is `merge`, they vouch for it.
 */
export async function findVouchers(
  repository: Repository,
  policy: Policy,
  branch: string,
  cases: readonly Case[],
  merges: readonly CommitParents[],
): Promise<ReadonlyMap<ObjectId, readonly VerifiedClaim[]>> {
  const vouchers = new Map<ObjectId, readonly VerifiedClaim[]>();
  const covered = cases.filter(({ asks }) => asks.some(({ requirement }) => requirement.coverage === "merge"));
  if (covered.length === 0) return vouchers;
  const commits = new Set(covered.map(({ summary }) => summary.commit));
  for (const merge of merges) {
    const claims = await readClaims(repository, policy, branch, merge.oid);
    if (claims.length === 0) continue;
    for (const commit of commits) {
      if (await bringsIn(repository, merge, commit)) {
        vouchers.set(commit, [...(vouchers.get(commit) ?? []), ...claims]);
      }
    }
  }
  return vouchers;
}

/** Whether the commit comes by another parent of the merge than the first, which it was merged into. */
async function bringsIn(repository: Repository, { parents }: CommitParents, commit: ObjectId): Promise<boolean> {
  const [first, ...others] = parents;
  if (first && (await repository.isAncestor(commit, first))) return false;
  for (const other of others) if (await repository.isAncestor(commit, other)) return true;
  return false;
}
