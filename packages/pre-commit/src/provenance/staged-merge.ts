import type { Change, ObjectId } from "@countersign/core";
import { findStagedOwnChanges, type GitContext, readStaged, withRepository } from "@countersign/git/internal";

/** What the index holds beyond a clean merge of commits into HEAD. */
export function readOwnChanges(context: GitContext, merged: readonly ObjectId[]): Promise<readonly Change[]> {
  return withRepository(context, async (repository) => {
    const head = await repository.resolve("HEAD");
    return head ? findStagedOwnChanges(context, repository, [head, ...merged]) : readStaged(context);
  });
}
