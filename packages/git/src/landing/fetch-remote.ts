import { type GitContext, withNetwork } from "../process/context.ts";
import { git } from "../process/git.ts";
import { askRemote } from "./ask-remote.ts";

/** Nothing is pruned, no tag is taken, and nothing is noted that a later `git merge` would take up. */
export const QUIETLY = ["--quiet", "--no-tags", "--no-prune", "--no-write-fetch-head", "--no-recurse-submodules"];

/** Fetches what git is set up to fetch of a remote. @throws `FETCH_FAILED`. */
export async function fetchRemote(context: GitContext, remote: string): Promise<void> {
  await askRemote(remote, git(withNetwork(context), ["fetch", ...QUIETLY, "--", remote]));
}
