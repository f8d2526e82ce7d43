import { isObjectId, type ObjectId } from "@countersign/core";
import { branchName } from "@countersign/core/internal";
import { type GitContext, withNetwork } from "../process/context.ts";
import { git } from "../process/git.ts";
import { QUIETLY } from "./fetch-remote.ts";

/** The branches of a remote as they stand now, by short name. @throws `GIT_FAILED`. */
export async function readRemoteHeads(context: GitContext, remote: string): Promise<ReadonlyMap<string, ObjectId>> {
  // The server is asked for its branches alone: a forge may keep a hundred thousand refs of pull requests beside them.
  const { output } = await git(withNetwork(context), ["ls-remote", "--heads", "--refs", "--", remote]);
  const heads = new Map<string, ObjectId>();
  for (const line of output.split("\n")) {
    const [oid = "", ref = ""] = line.split("\t");
    const branch = branchName(ref);
    if (branch !== undefined && isObjectId(oid)) heads.set(branch, oid);
  }
  return heads;
}

/** Fetches what these refspecs name, and nothing else. @throws `GIT_FAILED`. */
export async function fetchRefs(context: GitContext, remote: string, refspecs: readonly string[]): Promise<void> {
  await git(withNetwork(context), ["fetch", ...QUIETLY, "--", remote, ...refspecs]);
}
