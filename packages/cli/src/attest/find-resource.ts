import { CountersignError } from "@countersign/core";
import { findLandingRemote } from "@countersign/core/internal";
import { type GitRepository, readRemoteUrl } from "@countersign/git/internal";
import { toResourceUri } from "@countersign/report";

/** What a person says of the repository. */
export interface ResourceWishes {
  readonly resource?: string;
  readonly remote?: string;
}

/** The repository as others fetch it. @throws `OPTION_INVALID`, `RESOURCE_UNKNOWN`, `REMOTE_UNKNOWN`. */
export async function findResource(
  repository: GitRepository,
  { resource, remote: named }: ResourceWishes,
): Promise<string> {
  if (resource !== undefined) {
    const uri = toResourceUri(resource);
    if (uri !== undefined) return uri;
    const problem = "it is not the address of a repository, such as git+https://git.example.com/acme/payments";
    throw new CountersignError("OPTION_INVALID", { option: "--resource", problem });
  }
  const remote = await findLandingRemote(repository, named);
  const address = remote === undefined ? undefined : await readRemoteUrl(repository.context, remote);
  const uri = address === undefined ? undefined : toResourceUri(address);
  if (uri !== undefined) return uri;
  const problem = remote === undefined ? "it has no remote" : `${remote} is a folder on this machine`;
  throw new CountersignError("RESOURCE_UNKNOWN", { problem });
}
