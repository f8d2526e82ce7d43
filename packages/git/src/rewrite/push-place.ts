import type { ObjectId } from "@countersign/core";
import { chooseRemote, remoteRefs, USUAL_REMOTE } from "@countersign/core/internal";
import { git } from "../process/git.ts";
import type { GitRepository } from "../repository/git-repository.ts";

/** Where a branch is usually pushed to. */
export interface PushPlace {
  readonly remote: string;
  /** The branch there, by short name. */
  readonly branch: string;
  /** The ref that holds what was last seen of it. */
  readonly tracking: string;
  /** What that holds; undefined if the branch is not there. */
  readonly tip: ObjectId | undefined;
}

/** Undefined if there is no remote. */
export async function findPushPlace(repository: GitRepository, ref: string): Promise<PushPlace | undefined> {
  const format = "--format=%(push:remotename) %(push)";
  const [line = ""] = (await git(repository.context, ["for-each-ref", format, "--", ref])).output.split("\n");
  const [named = "", configured = ""] = line.split(" ");
  const remote = named === "" ? usualTarget(await repository.remotes()) : named;
  if (remote === undefined) return undefined;
  const folder = `${remoteRefs(remote)}/`;
  const name = ref.slice("refs/heads/".length);
  const branch = configured.startsWith(folder) ? configured.slice(folder.length) : name;
  const tracking = folder + branch;
  const tip = (await repository.refs(tracking)).find((found) => found.name === tracking)?.oid;
  return { remote, branch, tracking, tip };
}

/** Where git pushes by itself: in a clone of a fork to the fork, though work lands elsewhere. */
function usualTarget(remotes: readonly string[]): string | undefined {
  return remotes.includes(USUAL_REMOTE) ? USUAL_REMOTE : chooseRemote(remotes);
}
