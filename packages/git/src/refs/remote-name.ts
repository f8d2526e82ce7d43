import type { GitContext } from "../process/context.ts";
import { git } from "../process/git.ts";

/**
 * The configured remote that a push goes to. git gives pre-push the remote's name and its URL, or in place of the name
 * what the user typed, a path or a URL that `insteadOf` may have rewritten; then the remote with that URL is meant.
 */
export async function findRemote(context: GitContext, name: string, url: string): Promise<string | undefined> {
  // A single word that is not its own URL can be a remote's name alone; most pushes end here.
  if (name !== url && /^\w[\w.-]*$/.test(name)) return name;
  const remotes = (await git(context, ["remote"])).output.split("\n").filter((remote) => remote !== "");
  if (name !== url && remotes.includes(name)) return name;
  for (const remote of remotes) {
    for (const push of [["--push"], []]) {
      const urls = await git(context, ["remote", "get-url", ...push, "--all", "--", remote], [0, 2, 128]);
      if ([name, url].some((sought) => urls.output.split("\n").includes(sought))) return remote;
    }
  }
  return undefined;
}
