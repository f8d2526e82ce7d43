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
  return only(refs, await listRemote(context, ["--refs", "--", remote, ...refs]));
}

/**
 * The branches of a remote as they stand now, by short name. The remote is asked for these alone: a forge may keep a hundred
 * thousand refs of pull requests beside them. @throws `GIT_FAILED`.
 */
export async function askBranches(context: GitContext, remote: string): Promise<ReadonlyMap<string, ObjectId>> {
  const found = readIds(await listRemote(context, ["--refs", "--heads", "--", remote]));
  return new Map([...found].map(([ref, oid]) => [branchName(ref) ?? ref, oid]));
}

/**
 * The short name of the branch that a remote's HEAD stands on, undefined if it does not say, and where some refs stand,
 * by one question. @throws `GIT_FAILED`.
 */
export async function askDefaultBranch(
  context: GitContext,
  remote: string,
  refs: readonly string[] = [],
): Promise<{ readonly branch: string | undefined; readonly tips: ReadonlyMap<string, ObjectId> }> {
  const listed = await listRemote(context, ["--symref", "--", remote, "HEAD", ...refs]);
  const [, ref] = /^ref: (\S+)\tHEAD$/m.exec(listed) ?? [];
  return { branch: ref === undefined ? undefined : branchName(ref), tips: only(refs, listed) };
}

async function listRemote(context: GitContext, args: readonly string[]): Promise<string> {
  return (await git(withNetwork(context), ["ls-remote", ...args])).output;
}

/** Those of some names: the patterns that git is given fit names that end so as well. */
function only(refs: readonly string[], listed: string): ReadonlyMap<string, ObjectId> {
  return new Map([...readIds(listed)].filter(([ref]) => refs.includes(ref)));
}

function readIds(listed: string): ReadonlyMap<string, ObjectId> {
  const found = new Map<string, ObjectId>();
  for (const line of listed.split("\n")) {
    const [oid = "", ref = ""] = line.split("\t");
    if (isObjectId(oid)) found.set(ref, oid);
  }
  return found;
}
