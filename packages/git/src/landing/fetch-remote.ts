import { type GitContext, withNetwork } from "../process/context.ts";
import { git } from "../process/git.ts";
import { askRemote } from "./ask-remote.ts";

/** Nothing is pruned, no tag is taken, and nothing is noted that a later `git merge` would take up. */
const QUIETLY = ["--quiet", "--no-tags", "--no-prune", "--no-write-fetch-head", "--no-recurse-submodules"];

/** Fetches what is named, or what git is set up to fetch of a remote, and nothing besides. @throws `GIT_FAILED`. */
export async function fetchQuietly(context: GitContext, remote: string, ...refspecs: readonly string[]): Promise<void> {
  await git(withNetwork(context), ["fetch", ...QUIETLY, "--", remote, ...refspecs]);
}

/** Fetches what git is set up to fetch of a remote. @throws `FETCH_FAILED`. */
export function fetchRemote(context: GitContext, remote: string): Promise<void> {
  return askRemote(remote, fetchQuietly(context, remote));
}
