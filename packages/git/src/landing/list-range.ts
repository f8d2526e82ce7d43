import { type ObjectId, parseObjectId } from "@countersign/core";
import type { GitContext } from "../process/context.ts";
import { git } from "../process/git.ts";

/**
 * The ids of the commits that a tip adds to some others, oldest first, in the order in which a record has its blocks.
 * `firstParents`: only those of the tip's own line, a merge without what it brought.
 */
export async function listRange(
  context: GitContext,
  tip: ObjectId,
  exclude: readonly ObjectId[],
  { firstParents = false }: { readonly firstParents?: boolean } = {},
): Promise<readonly ObjectId[]> {
  const args = [
    "rev-list",
    "--reverse",
    "--topo-order",
    ...(firstParents ? ["--first-parent"] : []),
    tip,
    ...exclude.map((oid) => `^${oid}`),
  ];
  const { output } = await git(context, args);
  return output.split("\n").filter(Boolean).map(parseObjectId);
}
