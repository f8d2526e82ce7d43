import { type ObjectId, parseObjectId, type RefTip } from "@countersign/core";
import type { GitContext } from "../process/context.ts";
import { git } from "../process/git.ts";

/**
 * The refs below some prefixes that have commits which a commit does not reach, found by one git however many there are.
 * Symbolic refs and refs to what is no commit are left out.
 */
export async function listUnmerged(
  context: GitContext,
  target: ObjectId | undefined,
  prefixes: readonly string[],
): Promise<readonly RefTip[]> {
  const format = "--format=%(objecttype) %(objectname) %(refname) %(symref)";
  const unmerged = target === undefined ? [] : [`--no-merged=${target}`];
  const { output } = await git(context, ["for-each-ref", format, ...unmerged, "--", ...prefixes]);
  return output.split("\n").flatMap((line) => {
    const [type, oid = "", name = "", target = ""] = line.split(" ");
    return type === "commit" && target === "" ? [{ name, oid: parseObjectId(oid) }] : [];
  });
}
