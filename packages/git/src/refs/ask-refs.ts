import { isObjectId, type ObjectId } from "@countersign/core";
import { branchName } from "@countersign/core/internal";
import { type GitContext, withNetwork } from "../process/context.ts";
import { git } from "../process/git.ts";

/** Where refs stand on a remote now, by their full names; those that it does not have are left out. @throws `GIT_FAILED`. */
export async function askRefs(
  context: GitContext,
  remote: string,
  refs: readonly string[],
): Promise<ReadonlyMap<string, ObjectId>> {
  const found = await listRemote(context, ["--", remote, ...refs]);
  // The patterns fit names that end so as well.
  return new Map([...found].filter(([ref]) => refs.includes(ref)));
}

/**
 * The branches of a remote as they stand now, by short name. The remote is asked for these alone: a forge may keep a hundred
 * thousand refs of pull requests beside them. @throws `GIT_FAILED`.
 */
export async function askBranches(context: GitContext, remote: string): Promise<ReadonlyMap<string, ObjectId>> {
  const found = await listRemote(context, ["--heads", "--", remote]);
  return new Map([...found].map(([ref, oid]) => [branchName(ref) ?? ref, oid]));
}

/** The short name of the branch that a remote's HEAD stands on; undefined where it does not say. @throws `GIT_FAILED`. */
export async function askDefaultBranch(context: GitContext, remote: string): Promise<string | undefined> {
  const { output } = await git(withNetwork(context), ["ls-remote", "--symref", "--", remote, "HEAD"]);
  const [, ref] = /^ref: (\S+)\tHEAD$/m.exec(output) ?? [];
  return ref === undefined ? undefined : branchName(ref);
}

async function listRemote(context: GitContext, args: readonly string[]): Promise<ReadonlyMap<string, ObjectId>> {
  const { output } = await git(withNetwork(context), ["ls-remote", "--refs", ...args]);
  const found = new Map<string, ObjectId>();
  for (const line of output.split("\n")) {
    const [oid = "", ref = ""] = line.split("\t");
    if (isObjectId(oid)) found.set(ref, oid);
  }
  return found;
}
