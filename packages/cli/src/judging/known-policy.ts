import { isCountersignError, type PolicyInForce } from "@countersign/core";
import {
  findDestination,
  type KnownDestination,
  type LedgerClaims,
  openLedger,
  readInForce,
} from "@countersign/core/internal";
import type { GitRepository } from "@countersign/git/internal";

/** The policy in force, and the repository that has it. */
export interface PolicyThere {
  readonly known: KnownDestination;
  readonly policy: PolicyInForce;
}

/**
 * The policy in force, for what has no need of one; undefined too where it is not known which one that is, or which
 * remote has it.
 * @throws `REMOTE_UNKNOWN` if a remote was named that is not there.
 */
export async function findKnownPolicy(
  repository: GitRepository,
  remote?: string | undefined,
): Promise<PolicyThere | undefined> {
  try {
    const known = await findDestination(repository, { remote });
    const { policy } = await readInForce(repository, known, []);
    return policy && { known, policy };
  } catch (error) {
    const isNamed = isCountersignError(error) && error.code === "REMOTE_UNKNOWN" && remote !== undefined;
    if (!isCountersignError(error) || isNamed) throw error;
    return undefined;
  }
}

/** The ledger where work lands, as far as it is known here. @throws as `findKnownPolicy`. */
export async function findKnownLedger(
  repository: GitRepository,
  remote: string | undefined,
): Promise<LedgerClaims | undefined> {
  const there = await findKnownPolicy(repository, remote);
  return there && openLedger(repository, there.known, there.policy.policy);
}
