import type { RefUpdate } from "../ref.ts";
import type { ConfiguredRepository } from "../repository.ts";
import type { KnownDestination } from "./known-destination.ts";
import { readLocalDestination } from "./local-destination.ts";
import { findLandingRemote } from "./remote.ts";
import { readRemoteDestination } from "./remote-destination.ts";

export interface DestinationOptions {
  /** The remote that work lands on; absent, the one that the repository is set up for. */
  readonly remote?: string | undefined;
  /** Of a remote the updates of a push to it say more than was last seen. */
  readonly updates?: readonly RefUpdate[];
}

/**
 * The repository that work done here is bound for: a remote's, as far as it is known here; a bare repository, and one
 * without a remote, is itself where work lands.
 * @throws `REMOTE_UNKNOWN`
 */
export async function findDestination(
  repository: ConfiguredRepository,
  { remote: named, updates = [] }: DestinationOptions = {},
): Promise<KnownDestination> {
  const bare = named === undefined && (await repository.isBare());
  const remote = bare ? undefined : await findLandingRemote(repository, named);
  return remote === undefined
    ? readLocalDestination(repository, bare)
    : readRemoteDestination(repository, remote, updates);
}
