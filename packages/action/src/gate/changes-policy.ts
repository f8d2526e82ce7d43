import { branchName, isPolicyChange } from "@countersign/core/internal";
import type { GateRepository } from "./gate-repository.ts";
import type { LandedUpdate } from "./judge-landed.ts";

/** Whether what landed changed the policy in force, by which what is open was judged. Where that cannot be seen, it may have. */
export async function changesPolicy(
  place: GateRepository,
  { ref, old, new: tip, defaultBranch }: LandedUpdate,
): Promise<boolean> {
  if (branchName(ref) !== defaultBranch) return false;
  return place.read(async (repository) => {
    const before = await repository.peelToCommit(old);
    if (!before) return true;
    for await (const { changes } of repository.changes([{ oid: tip, parents: [before] }])) {
      return changes.some(isPolicyChange);
    }
    return true;
  });
}
