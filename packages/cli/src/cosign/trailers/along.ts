import { type ObjectId, parseCommit } from "@countersign/core";
import { findSpenders } from "@countersign/core/internal";
import type { GitRepository } from "@countersign/git/internal";
import { findEnds } from "../range-ends.ts";
import type { Task } from "../task.ts";
import { alongside, type OpenCommit, readWanted } from "../wanted-commit.ts";

/** Commits that would use the new signatures up, unless they are signed together with them. */
export async function findAlong(
  repository: GitRepository,
  { choice, wanted, key, verdict }: Task,
  tip: ObjectId,
): Promise<readonly OpenCommit[]> {
  if (!key || wanted.length === 0) return [];
  const { destination, branch, policy } = choice;
  const ends = await findEnds(repository, choice, undefined);
  // For a new branch only what the default branch has is known to be judged.
  const exclude =
    ends.length > 0
      ? ends
      : [...destination.branches].flatMap(([name, oid]) => (name === destination.defaultBranch ? [oid] : []));
  const at = { policy: policy.policy, branch, tip, base: destination.branches.get(branch), exclude };
  const spenders = await findSpenders(repository, at, await readWanted(repository, wanted));
  const along: OpenCommit[] = [];
  for (const oid of spenders) {
    const judged = verdict.judged.find(({ commit }) => commit === oid);
    const commit = parseCommit(await repository.commit(oid));
    along.push(judged ? { commit, verdict: judged, served: [] } : alongside(policy.policy, commit));
  }
  return along;
}
