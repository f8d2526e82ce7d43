import type { Decision, Destination, ObjectId, RefUpdate, Repository } from "@countersign/core";
import { branchName, remoteRefs, violationsOf } from "@countersign/core/internal";

/** A push whose co-signs may lie in a ledger. */
export interface LedgerPush {
  readonly decision: Decision;
  readonly updates: readonly RefUpdate[];
  readonly destination: Destination;
  /** The remote's name. */
  readonly remote: string;
}

/** What to do where a co-sign is missing that may only be missing here: the ledger is not pushed, or was never fetched. */
export async function findLedgerNotices(
  repository: Pick<Repository, "refs" | "isAncestor">,
  { decision, updates, destination, remote }: LedgerPush,
): Promise<readonly string[]> {
  const ref = decision.policy?.policy.ledger;
  const name = ref === undefined ? undefined : branchName(ref);
  if (ref === undefined || name === undefined || !lacksCosign(decision)) return [];
  if (updates.some((update) => update.ref === ref)) return [];
  const there = destination.branches.get(name);
  const here = (await repository.refs(ref)).find((tip) => tip.name === ref)?.oid;
  if (here && !(await isThere(repository, here, there))) {
    return [`the ledger has co-signs here that ${remote} does not have; push it too: git push ${remote} ${name}`];
  }
  if (there) return [];
  const refspec = `+${ref}:${remoteRefs(remote)}/${name}`;
  return [`the ledger was not fetched; if ${remote} has one: git fetch ${remote} ${refspec}`];
}

async function isThere(
  repository: Pick<Repository, "isAncestor">,
  here: ObjectId,
  there: ObjectId | undefined,
): Promise<boolean> {
  return there !== undefined && (here === there || (await repository.isAncestor(here, there)));
}

function lacksCosign({ updates }: Decision): boolean {
  return updates.some((verdict) => violationsOf(verdict).some(({ code }) => code === "COSIGN_MISSING"));
}
