import { findOwnChanges } from "../../merge/own-changes.ts";
import type { Change } from "../../object/change.ts";
import type { Commit } from "../../object/commit.ts";
import type { ChangeOptions, Repository } from "../../repository.ts";

/** The changes of a commit, and which of them are its own. */
export interface OwnWork {
  /**
   * All changes of a commit that is assisted or touches the policy, against its first parent: what a signature is over.
   * None of another one.
   */
  readonly changes: readonly Change[];
  /** What it does itself: for a merge that can be less, or more. What the commit needs depends on this. */
  readonly own: readonly Change[];
  /** Whether it is a merge that does nothing itself, where that was asked. */
  readonly mechanical: boolean;
}

/** What a commit does itself: a merge does not do what its parents bring, and does what it drops of them. */
export async function readOwnWork(
  repository: Repository,
  commit: Commit,
  changes: readonly Change[],
  options: Pick<ChangeOptions, "lines"> = {},
): Promise<OwnWork> {
  if (commit.parents.length < 2) return { changes, own: changes, mechanical: false };
  const own = await findOwnChanges(repository, commit, options);
  return { changes, own, mechanical: own.length === 0 };
}
