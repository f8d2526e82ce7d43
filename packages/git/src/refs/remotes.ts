import { chooseRemote, upToLast } from "@countersign/core/internal";
import type { GitContext } from "../process/context.ts";
import { git } from "../process/git.ts";

/** The names of the remotes. */
export async function listRemotes(context: GitContext): Promise<readonly string[]> {
  return (await git(context, ["remote"])).output.split("\n").filter((name) => name !== "");
}

/**
 * The configured remote that a push goes to. git gives pre-push the remote's name and its URL, or in place of the name
 * what the user typed, a path or a URL that `insteadOf` may have rewritten; then the remote with that URL is meant.
 */
export async function findRemote(context: GitContext, name: string, url: string): Promise<string | undefined> {
  // A single word that is not its own URL can be a remote's name alone; most pushes end here.
  if (name !== url && /^\w[\w.-]*$/.test(name)) return name;
  const remotes = await listRemotes(context);
  if (name !== url && remotes.includes(name)) return name;
  for (const remote of remotes) {
    for (const push of [["--push"], []]) {
      const urls = await git(context, ["remote", "get-url", ...push, "--all", "--", remote], [0, 2, 128]);
      if ([name, url].some((sought) => urls.output.split("\n").includes(sought))) return remote;
    }
  }
  return undefined;
}

/** Where a remote is, as its address says. */
export interface RemoteAddress {
  readonly host: string;
  /** `owner/name`; undefined if the address holds neither. */
  readonly project: string | undefined;
}

/** The URL that a remote is fetched from; undefined if it has none. */
export async function readRemoteUrl(context: GitContext, remote: string): Promise<string | undefined> {
  const { status, output } = await git(context, ["remote", "get-url", "--", remote], [0, 2, 128]);
  return status === 0 ? output.trim() : undefined;
}

/** The place of a remote, by default the one that work lands on; undefined if there is none, or only a folder. */
export async function findRemoteAddress(context: GitContext, named?: string): Promise<RemoteAddress | undefined> {
  const remote = named ?? chooseRemote(await listRemotes(context));
  const address = remote === undefined ? undefined : await readRemoteUrl(context, remote);
  // A host stands before it: a folder's path says nothing of a project.
  const [, url, scp, path] = /^(?:[a-z+]+:\/\/([^/]+)\/|([^/:@]+@[^/:]+):)(.+)$/.exec(address ?? "") ?? [];
  const authority = url ?? scp;
  if (authority === undefined) return undefined;
  const [name, ...owners] = upToLast(/[^/]/, path ?? "")
    .replace(/\.git$/, "")
    .split("/")
    .reverse();
  const project = name && owners.length > 0 ? [...owners.reverse(), name].join("/") : undefined;
  return { host: authority.replace(/^.*@/, "").replace(/:\d*$/, ""), project };
}
