import { CountersignError, type ObjectId } from "@countersign/core";
import { type IsGenuine, remoteRefs } from "@countersign/core/internal";
import { fetchQuietly } from "../landing/fetch-remote.ts";
import { withNetwork } from "../process/context.ts";
import { saidByGit } from "../process/failure.ts";
import { git } from "../process/git.ts";
import { askRefs } from "../refs/ask-refs.ts";
import type { GitRepository } from "../repository/git-repository.ts";

/** A ledger as a remote has it. */
export interface RemoteLedger {
  readonly remote: string;
  /** Its full name, there and here. */
  readonly ref: string;
  /** Which of two counts that both keep one place. */
  readonly isGenuine?: IsGenuine | undefined;
}

/** The full name of the ref that holds what was fetched of it. */
export function trackingRef({ remote, ref }: RemoteLedger): string {
  return `${remoteRefs(remote)}/${ref.slice("refs/heads/".length)}`;
}

/** Where the ledger stands on the remote now; undefined if there is none. @throws `GIT_FAILED`. */
export async function askLedger(
  repository: GitRepository,
  { remote, ref }: RemoteLedger,
): Promise<ObjectId | undefined> {
  return (await askRefs(repository.context, remote, [ref])).get(ref);
}

/** Fetches the ledger, and nothing else. @throws `GIT_FAILED`. */
export async function fetchLedger(repository: GitRepository, ledger: RemoteLedger): Promise<void> {
  await fetchQuietly(repository.context, ledger.remote, `+${ledger.ref}:${trackingRef(ledger)}`);
}

/**
 * Pushes a tip that reaches what the remote has. Without hooks: only records are added, and these hooks are about code.
 * What git said where it was refused; undefined if it was not.
 */
export async function pushTip(
  repository: GitRepository,
  ledger: RemoteLedger,
  tip: ObjectId,
): Promise<string | undefined> {
  const { remote, ref } = ledger;
  const alone = ["--quiet", "--no-verify", "--no-follow-tags", "--recurse-submodules=no"];
  try {
    await git(withNetwork(repository.context), ["push", ...alone, "--", remote, `${tip}:${ref}`]);
  } catch (error) {
    if (!(error instanceof CountersignError) || error.code !== "GIT_FAILED") throw error;
    return saidByGit(error);
  }
  // git does it only where its configuration fetches this branch.
  await git(repository.context, ["update-ref", "-m", "countersign: push", "--", trackingRef(ledger), tip]);
  return undefined;
}
