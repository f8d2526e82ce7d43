import type { Decision, Destination, Policy, RefUpdate, Repository } from "@countersign/core";
import { branchName, shellWord, violationsOf } from "@countersign/core/internal";
import { isReached, trackingRef } from "@countersign/git/internal";

/** A push whose co-signs may lie in a ledger. */
export interface LedgerPush {
  readonly decision: Decision;
  readonly updates: readonly RefUpdate[];
  readonly destination: Destination;
  /** The remote's name. */
  readonly remote: string;
}

type LedgerRefs = Pick<Repository, "refs" | "isAncestor">;

/** What to do where a co-sign is missing that may only be missing here: the ledger is not pushed, or was never fetched. */
export async function findLedgerNotices(
  repository: LedgerRefs,
  { decision, updates, destination, remote }: LedgerPush,
): Promise<readonly string[]> {
  const policy = decision.policy?.policy;
  const ledger = policy && lacksCosign(decision) ? findLedgerBeside(policy, updates) : undefined;
  if (!policy || !ledger) return [];
  const unpushed = await describeUnpushedLedger(repository, { policy, updates, destination, remote });
  if (unpushed.length > 0 || destination.branches.has(ledger.name)) return unpushed;
  const refspec = shellWord(`+${ledger.ref}:${trackingRef({ remote, ref: ledger.ref })}`);
  return [`the ledger was not fetched; if ${remote} has one: git fetch ${shellWord(remote)} ${refspec}`];
}

/** How to push a ledger that has more here than on the remote, as far as is known here; nothing where it is being pushed. */
export async function describeUnpushedLedger(
  repository: LedgerRefs,
  { policy, updates, destination, remote }: Omit<LedgerPush, "decision"> & { readonly policy: Policy },
): Promise<readonly string[]> {
  const ledger = findLedgerBeside(policy, updates);
  const here = ledger && (await repository.refs(ledger.ref)).find((tip) => tip.name === ledger.ref)?.oid;
  if (!ledger || !here) return [];
  const there = destination.branches.get(ledger.name);
  if (there && (await isReached(repository, here, there))) return [];
  const push = `git push ${shellWord(remote)} ${shellWord(ledger.name)}`;
  return [`the ledger has co-signs here that ${remote} does not have; push it too: ${push}`];
}

/** The policy's ledger, unless the push brings it. */
function findLedgerBeside(
  { ledger: ref }: Policy,
  updates: readonly RefUpdate[],
): { readonly ref: string; readonly name: string } | undefined {
  const name = ref === undefined ? undefined : branchName(ref);
  if (ref === undefined || name === undefined || updates.some((update) => update.ref === ref)) return undefined;
  return { ref, name };
}

function lacksCosign({ updates }: Decision): boolean {
  return updates.some((verdict) => violationsOf(verdict).some(({ code }) => code === "COSIGN_MISSING"));
}
