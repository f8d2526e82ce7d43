import type { GitContext } from "../process/context.ts";
import { git } from "../process/git.ts";

/** `owner/name` as the remote `origin`, or the only other one, tells; undefined where there is none or it tells neither. */
export async function findRemoteProject(context: GitContext): Promise<string | undefined> {
  const remotes = (await git(context, ["remote"])).output.split("\n").filter((name) => name !== "");
  const remote = remotes.includes("origin") ? "origin" : remotes.length === 1 ? remotes[0] : undefined;
  if (remote === undefined) return undefined;
  const { status, output } = await git(context, ["remote", "get-url", "--", remote], [0, 2, 128]);
  if (status !== 0) return undefined;
  // A host stands before it: a folder's path says nothing of a project.
  const [, path] = /^(?:[a-z+]+:\/\/[^/]+\/|[^/:]+@[^/:]+:)(.+)$/.exec(output.trim()) ?? [];
  const [name, ...owners] = (path ?? "")
    .replace(/\/+$/, "")
    .replace(/\.git$/, "")
    .split("/")
    .reverse();
  return name && owners.length > 0 ? [...owners.reverse(), name].join("/") : undefined;
}
