import { findOwnChanges } from "../../merge/own-changes.ts";
import type { Change } from "../../object/change.ts";
import type { Commit } from "../../object/commit.ts";
import type { ChangeOptions, Repository } from "../../repository.ts";
import type { CommitReading } from "./facts.ts";

/** What a commit does itself: a merge does not do what its parents bring, and does what it drops of them. */
export async function readOwnWork(
  repository: Repository,
  commit: Commit,
  changes: readonly Change[],
  options: Pick<ChangeOptions, "lines"> = {},
): Promise<Pick<CommitReading, "changes" | "own" | "mechanical">> {
  if (commit.parents.length < 2) return { changes, own: changes, mechanical: false };
  const own = await findOwnChanges(repository, commit, options);
  return { changes, own, mechanical: own.length === 0 };
}
