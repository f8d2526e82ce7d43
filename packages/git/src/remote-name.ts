import { type GitContext, readGit } from "./git.ts";

/**
 * The configured remote that a push goes to. git gives pre-push the remote's name, or the URL where none was named;
 * then the remote with that URL is meant, if there is one.
 */
export async function findRemote(context: GitContext, name: string, url: string): Promise<string | undefined> {
  if (name !== url) return name;
  const { output } = await readGit(context, ["remote"]);
  for (const remote of output.split("\n")) {
    if (remote === "") continue;
    for (const push of [["--push"], []]) {
      const args = ["remote", "get-url", ...push, "--all", "--", remote];
      const urls = await readGit(context, args, [0, 2, 128]);
      if (urls.output.split("\n").includes(url)) return remote;
    }
  }
  return undefined;
}
