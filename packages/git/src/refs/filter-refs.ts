import { type ObjectId, parseObjectId, type RefTip } from "@countersign/core";
import type { GitContext } from "../process/context.ts";
import { git } from "../process/git.ts";

/** The refs below some prefixes that have commits which a commit does not reach. */
export function listUnmerged(
  context: GitContext,
  target: ObjectId | undefined,
  prefixes: readonly string[],
): Promise<readonly RefTip[]> {
  return filterRefs(context, target === undefined ? [] : [`--no-merged=${target}`], prefixes);
}

/** The refs below some prefixes that reach a commit. */
export function listReaching(
  context: GitContext,
  commit: ObjectId,
  prefixes: readonly string[],
): Promise<readonly RefTip[]> {
  return filterRefs(context, [`--contains=${commit}`], prefixes);
}

/** Found by one git however many there are. Symbolic refs and refs to what is not a commit are left out. */
async function filterRefs(
  context: GitContext,
  filters: readonly string[],
  prefixes: readonly string[],
): Promise<readonly RefTip[]> {
  const format = "--format=%(objecttype) %(objectname) %(refname) %(symref)";
  const { output } = await git(context, ["for-each-ref", format, ...filters, "--", ...prefixes]);
  return output.split("\n").flatMap((line) => {
    const [type, oid = "", name = "", target = ""] = line.split(" ");
    return type === "commit" && target === "" ? [{ name, oid: parseObjectId(oid) }] : [];
  });
}
