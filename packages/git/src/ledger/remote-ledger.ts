import { CountersignError, isObjectId, type ObjectId } from "@countersign/core";
import { remoteRefs } from "@countersign/core/internal";
import { withNetwork } from "../process/context.ts";
import { git } from "../process/git.ts";
import type { GitRepository } from "../repository/git-repository.ts";

/** A ledger as a remote has it. */
export interface RemoteLedger {
  readonly remote: string;
  /** Its full name, there and here. */
  readonly ref: string;
}

/** The full name of the ref that holds what was fetched of it. */
export function trackingRef({ remote, ref }: RemoteLedger): string {
  return `${remoteRefs(remote)}/${ref.slice("refs/heads/".length)}`;
}

/** Where the ledger stands on the remote now; undefined where there is none. @throws `GIT_FAILED`. */
export async function askLedger(
  repository: GitRepository,
  { remote, ref }: RemoteLedger,
): Promise<ObjectId | undefined> {
  const args = ["ls-remote", "--refs", "--", remote, ref];
  const { output } = await git(withNetwork(repository.context), args);
  // The pattern fits names that end so as well.
  const line = output.split("\n").find((found) => found.endsWith(`\t${ref}`));
  const oid = line?.slice(0, line.indexOf("\t"));
  return oid !== undefined && isObjectId(oid) ? oid : undefined;
}

/** Fetches the ledger, and nothing else. @throws `GIT_FAILED`. */
export async function fetchLedger(repository: GitRepository, ledger: RemoteLedger): Promise<void> {
  const quietly = ["--quiet", "--no-tags", "--no-prune", "--no-write-fetch-head", "--no-recurse-submodules"];
  const refspec = `+${ledger.ref}:${trackingRef(ledger)}`;
  await git(withNetwork(repository.context), ["fetch", ...quietly, "--", ledger.remote, refspec]);
}

/** What git, and the remote through it, said where it failed. */
export function saidByGit({ what, details = [] }: CountersignError): string {
  const first = /` ended with [^:]*: (.*)/.exec(what)?.[1] ?? what;
  // Where it was pushed to comes before why it was refused.
  return [first, ...details].filter((line) => !line.startsWith("To ")).join("\n");
}

/**
 * Pushes a tip that reaches what the remote has. Without hooks: only records are added, and these hooks are about code.
 * What git said where it was refused; undefined where it was not.
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
