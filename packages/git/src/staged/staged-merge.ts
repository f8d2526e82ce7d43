import type { ObjectId } from "@countersign/core";
import type { GitContext } from "../process/context.ts";
import { git } from "../process/git.ts";

/** git's statuses for something that it cannot do, and for an option that it does not know. */
const UNABLE = [128, 129];

/**
 * Whether the index holds what git makes of merging a commit into HEAD by itself, and nothing else. False also where that
 * cannot be known: git merges without a work tree only from 2.38 on.
 */
export async function holdsMergeAlone(context: GitContext, merged: ObjectId): Promise<boolean> {
  // Status 1 tells of conflicts, which somebody must have settled.
  const args = ["merge-tree", "--write-tree", "--no-messages", "HEAD", merged];
  const { status, output } = await git(context, args, [0, 1, ...UNABLE]);
  if (status !== 0) return false;
  const tree = output.trim();
  const compared = ["diff-index", "--cached", "--quiet", "--no-ext-diff", "--ignore-submodules=none", tree, "--"];
  return (await git(context, compared, [0, 1])).status === 0;
}
