import type { ObjectId } from "../object/oid.ts";
import { POLICY_FILES } from "../policy/policy-files.ts";
import type { Repository } from "../repository.ts";

/** Whether any of some branches holds a policy file. */
export async function isAdopted(
  repository: Pick<Repository, "peelToCommit" | "rootEntries">,
  branches: ReadonlyMap<string, ObjectId>,
): Promise<boolean> {
  for (const tip of new Set(branches.values())) {
    const commit = await repository.peelToCommit(tip);
    if (commit && (await repository.rootEntries(commit, POLICY_FILES)).length > 0) return true;
  }
  return false;
}
