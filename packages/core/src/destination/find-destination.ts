import type { RefUpdate } from "../ref.ts";
import type { ConfiguredRepository } from "../repository.ts";
import type { KnownDestination } from "./known-destination.ts";
import { readLocalDestination } from "./local-destination.ts";
import { chooseRemote } from "./remote.ts";
import { readRemoteDestination } from "./remote-destination.ts";

/**
 * The repository that work done here is bound for: a remote's, as far as it is known here; a bare repository, and one
 * without a remote, is itself where work lands. Of a remote the updates of a push to it tell more than was last seen.
 */
export async function findDestination(
  repository: ConfiguredRepository,
  updates: readonly RefUpdate[] = [],
): Promise<KnownDestination> {
  const bare = await repository.isBare();
  const remote = bare ? undefined : chooseRemote(await repository.remotes());
  return remote === undefined
    ? readLocalDestination(repository, bare)
    : readRemoteDestination(repository, remote, updates);
}
