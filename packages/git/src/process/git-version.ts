import type { GitContext } from "./context.ts";
import { git } from "./git.ts";

/** The version of the git that is found, such as `2.39.5`; what a vendor adds to it is left out. */
export async function readGitVersion(context: GitContext): Promise<string> {
  const { output } = await git(context, ["version"]);
  return /^git version (\d+(?:\.\d+)+)/.exec(output)?.[1] ?? "0";
}
