/** The remote that `git clone` makes. */
export const USUAL_REMOTE = "origin";

/** Where git keeps what was last seen of a remote's branches. */
export function remoteRefs(remote: string): string {
  return `refs/remotes/${remote}`;
}

/** The remote that work lands on: `origin`, or the only other one there is. */
export function chooseRemote(remotes: readonly string[]): string | undefined {
  return remotes.includes(USUAL_REMOTE) ? USUAL_REMOTE : remotes.length === 1 ? remotes[0] : undefined;
}
