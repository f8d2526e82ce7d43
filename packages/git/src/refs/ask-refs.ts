import { isObjectId, type ObjectId } from "@countersign/core";
import { type GitContext, withNetwork } from "../process/context.ts";
import { git } from "../process/git.ts";

/** Where refs stand on a remote now, by their full names; those that it does not have are left out. @throws `GIT_FAILED`. */
export async function askRefs(
  context: GitContext,
  remote: string,
  refs: readonly string[],
): Promise<ReadonlyMap<string, ObjectId>> {
  const { output } = await git(withNetwork(context), ["ls-remote", "--refs", "--", remote, ...refs]);
  const found = new Map<string, ObjectId>();
  for (const line of output.split("\n")) {
    const [oid = "", ref = ""] = line.split("\t");
    // The patterns fit names that end so as well.
    if (refs.includes(ref) && isObjectId(oid)) found.set(ref, oid);
  }
  return found;
}
