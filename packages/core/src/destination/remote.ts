import { CountersignError } from "../error.ts";
import type { ConfiguredRepository } from "../repository.ts";

/** The remote that `git clone` makes. */
export const USUAL_REMOTE = "origin";

/** The remote that a clone of a fork has beside it: there its work lands. */
export const UPSTREAM_REMOTE = "upstream";

/** Where git keeps what was last seen of a remote's branches. */
export function remoteRefs(remote: string): string {
  return `refs/remotes/${remote}`;
}

/** The remote that work lands on where nobody names one; undefined if there is none, or several of which it may be any. */
export function chooseRemote(remotes: readonly string[]): string | undefined {
  if (!remotes.includes(USUAL_REMOTE)) return remotes.length === 1 ? remotes[0] : undefined;
  return remotes.includes(UPSTREAM_REMOTE) ? UPSTREAM_REMOTE : USUAL_REMOTE;
}

/**
 * The remote that work lands on: the one that is named, or configured as `countersign.remote`, or the one that it can
 * only be. Undefined if there is none.
 * @throws `REMOTE_UNKNOWN`
 */
export async function findLandingRemote(repository: ConfiguredRepository, named?: string): Promise<string | undefined> {
  const remotes = await repository.remotes();
  const wanted = named ?? ((await repository.setting("countersign.remote"))?.trim() || undefined);
  const remote = wanted ?? chooseRemote(remotes);
  if (remote === undefined ? remotes.length > 0 : !remotes.includes(remote)) {
    throw new CountersignError("REMOTE_UNKNOWN", { remotes, wanted });
  }
  return remote;
}
