import type { ObjectId } from "@countersign/core";
import { chooseRemote, remoteRefs, USUAL_REMOTE } from "@countersign/core/internal";
import { git } from "../process/git.ts";
import type { GitRepository } from "../repository/git-repository.ts";

/** Where a branch is usually pushed to, and whether its former commits are there already. */
export interface PushAdvice {
  /** Undefined where there is no remote. */
  readonly remote: string | undefined;
  readonly published: boolean;
}

/** `former` are commits that the branch has just left. */
export async function findPushAdvice(
  repository: GitRepository,
  ref: string,
  former: readonly ObjectId[],
): Promise<PushAdvice> {
  const { context } = repository;
  const format = "--format=%(push:remotename) %(push)";
  const [line = ""] = (await git(context, ["for-each-ref", format, "--", ref])).output.split("\n");
  const [named = "", tracking = ""] = line.split(" ");
  const remote = named === "" ? usualTarget(await repository.remotes()) : named;
  const name = ref.slice("refs/heads/".length);
  const place = tracking === "" && remote !== undefined ? `${remoteRefs(remote)}/${name}` : tracking;
  const tip = (await repository.refs(place)).find((found) => found.name === place)?.oid;
  let published = false;
  for (const oid of tip ? former : []) published ||= await repository.isAncestor(oid, tip as ObjectId);
  return { remote, published };
}

/** Where git pushes by itself: in a clone of a fork to the fork, though work lands elsewhere. */
function usualTarget(remotes: readonly string[]): string | undefined {
  return remotes.includes(USUAL_REMOTE) ? USUAL_REMOTE : chooseRemote(remotes);
}
