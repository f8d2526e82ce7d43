import { type ObjectId, parseObjectId } from "@countersign/core";
import type { GitContext } from "../process/context.ts";
import { git } from "../process/git.ts";

/** The ids of the commits that a tip adds to some others, oldest first, in the order in which a record has its blocks. */
export async function listRange(
  context: GitContext,
  tip: ObjectId,
  exclude: readonly ObjectId[],
): Promise<readonly ObjectId[]> {
  const args = ["rev-list", "--reverse", "--topo-order", tip, ...exclude.map((oid) => `^${oid}`)];
  const { output } = await git(context, args);
  return output.split("\n").filter(Boolean).map(parseObjectId);
}
