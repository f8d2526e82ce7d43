import { type ObjectId, parseObjectId } from "@countersign/core";
import type { GitContext } from "../process/context.ts";
import { git } from "../process/git.ts";
import { withBoundary } from "./missing-history.ts";

/** What fits into the arguments of a process on every system. */
const IDS_AT_A_TIME = 400;

/** Whether one of the descendants reaches the commit. */
export async function isAncestor(
  context: GitContext,
  ancestor: ObjectId,
  descendants: readonly ObjectId[],
): Promise<boolean> {
  for (let at = 0; at < descendants.length; at += IDS_AT_A_TIME) {
    if (await isReached(context, ancestor, descendants.slice(at, at + IDS_AT_A_TIME))) return true;
  }
  return false;
}

/** The best common ancestors of the commit and all others together, as git finds them. */
export async function findMergeBases(
  context: GitContext,
  commit: ObjectId,
  others: readonly ObjectId[],
): Promise<readonly ObjectId[]> {
  const args = ["merge-base", "--all", commit, ...others];
  // Where git meets a missing parent it prints nothing, or fails; what it prints is true.
  const { status, output } = await git(context, args, [0, 1, 128]);
  if (status === 0) return readIds(output);
  // The parents of a merge base may lie beyond the boundary of a shallow clone.
  const bases = readIds((await git(withBoundary(context), args, [0, 1])).output);
  // But none of what leads to it: this walk fails where a parent is missing.
  await git(context, ["rev-list", "--count", commit, ...others, ...bases.map((base) => `^${base}`)]);
  return bases;
}

async function isReached(context: GitContext, ancestor: ObjectId, descendants: readonly ObjectId[]): Promise<boolean> {
  // A missing parent makes git say "no", also beyond a shallow boundary that it is asked to ignore. Within the
  // boundary it sees less history, never more, so that a "yes" is true either way.
  for (const seen of [context, withBoundary(context)]) {
    if (await isReachedWithin(seen, ancestor, descendants)) return true;
  }
  // "No" is only as good as the history that was walked: this walk fails where a parent is missing.
  await git(context, ["rev-list", "--count", ...descendants, `^${ancestor}`]);
  return false;
}

async function isReachedWithin(
  context: GitContext,
  ancestor: ObjectId,
  descendants: readonly ObjectId[],
): Promise<boolean> {
  if (descendants.length > 1) {
    // The best common ancestor of a commit and of others that reach it is that commit.
    const best = (await git(context, ["merge-base", ancestor, ...descendants], [0, 1])).output.trim();
    if (best !== "") return best === ancestor;
  }
  // Where a parent is missing, git finds no common ancestor, and still says of one commit that it reaches the other.
  for (const descendant of descendants) {
    const args = ["merge-base", "--is-ancestor", ancestor, descendant];
    if ((await git(context, args, [0, 1])).status === 0) return true;
  }
  return false;
}

function readIds(output: string): readonly ObjectId[] {
  return output.split("\n").filter(Boolean).map(parseObjectId);
}
