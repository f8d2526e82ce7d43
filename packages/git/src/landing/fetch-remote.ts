import { CountersignError } from "@countersign/core";
import { type GitContext, withNetwork } from "../process/context.ts";
import { git } from "../process/git.ts";

/** Fetches what git is set up to fetch of a remote. Nothing is pruned, and no tag is taken. @throws `FETCH_FAILED`. */
export async function fetchRemote(context: GitContext, remote: string): Promise<void> {
  const quietly = ["--quiet", "--no-tags", "--no-prune", "--no-write-fetch-head", "--no-recurse-submodules"];
  try {
    await git(withNetwork(context), ["fetch", ...quietly, "--", remote]);
  } catch (error) {
    if (!(error instanceof CountersignError) || error.code !== "GIT_FAILED") throw error;
    const said = [error.what, ...(error.details ?? [])].join("\n");
    throw new CountersignError("FETCH_FAILED", { remote, said }, { cause: error });
  }
}
