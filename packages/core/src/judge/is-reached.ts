import type { ObjectId } from "../object/oid.ts";
import type { Repository } from "../repository.ts";

/** Whether one of the tips reaches the commit. */
export async function isReached(repository: Repository, commit: ObjectId, tips: readonly ObjectId[]): Promise<boolean> {
  for (const tip of tips) if (await repository.isAncestor(commit, tip)) return true;
  return false;
}
