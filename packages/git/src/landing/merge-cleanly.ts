import { isObjectId, type ObjectId } from "@countersign/core";
import type { GitContext } from "../process/context.ts";
import { git } from "../process/git.ts";

/**
 * The tree of the clean merge of two commits, as forges make it; undefined if they conflict, and where git is older than
 * 2.38, which cannot say. Neither index nor work tree is touched.
 */
export async function mergeCleanly(
  context: GitContext,
  ours: ObjectId,
  theirs: ObjectId,
): Promise<ObjectId | undefined> {
  const { status, output } = await git(context, ["merge-tree", "--write-tree", ours, theirs], [0, 1, 128, 129]);
  const [tree = ""] = output.split("\n");
  return status === 0 && isObjectId(tree) ? tree : undefined;
}
