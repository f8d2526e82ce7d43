import type { Decision, Destination, ObjectId, Policy, RefUpdate, Repository } from "@countersign/core";
import { branchName, remoteRefs, shellWord, violationsOf } from "@countersign/core/internal";

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
  const ref = policy?.ledger;
  const name = ref === undefined ? undefined : branchName(ref);
  if (!policy || ref === undefined || name === undefined || !lacksCosign(decision)) return [];
  if (updates.some((update) => update.ref === ref)) return [];
  const unpushed = await describeUnpushedLedger(repository, { policy, destination, remote });
  if (unpushed.length > 0 || destination.branches.has(name)) return unpushed;
  const refspec = shellWord(`+${ref}:${remoteRefs(remote)}/${name}`);
  return [`the ledger was not fetched; if ${remote} has one: git fetch ${shellWord(remote)} ${refspec}`];
}

/** How to push a ledger that has more here than on the remote, as far as is known here. */
export async function describeUnpushedLedger(
  repository: LedgerRefs,
  { policy, destination, remote }: Pick<LedgerPush, "destination" | "remote"> & { readonly policy: Policy },
): Promise<readonly string[]> {
  const { ledger: ref } = policy;
  const name = ref === undefined ? undefined : branchName(ref);
  if (ref === undefined || name === undefined) return [];
  const here = (await repository.refs(ref)).find((tip) => tip.name === ref)?.oid;
  if (!here || (await isThere(repository, here, destination.branches.get(name)))) return [];
  const push = `git push ${shellWord(remote)} ${shellWord(name)}`;
  return [`the ledger has co-signs here that ${remote} does not have; push it too: ${push}`];
}

async function isThere(repository: LedgerRefs, here: ObjectId, there: ObjectId | undefined): Promise<boolean> {
  return there !== undefined && (here === there || (await repository.isAncestor(here, there)));
}

function lacksCosign({ updates }: Decision): boolean {
  return updates.some((verdict) => violationsOf(verdict).some(({ code }) => code === "COSIGN_MISSING"));
}
