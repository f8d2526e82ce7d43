import { findDestination, type LedgerClaims, openLedger, readInForce } from "@countersign/core/internal";
import type { GitRepository } from "@countersign/git/internal";

/**
 * The ledger where work lands, as far as it is known here; undefined too where it is not known which policy is in force:
 * what has no need of a policy must do without.
 */
export async function findKnownLedger(
  repository: GitRepository,
  remote: string | undefined,
): Promise<LedgerClaims | undefined> {
  const known = await findDestination(repository, { remote });
  const { policy } = await readInForce(repository, known, []);
  return policy && openLedger(repository, known, policy.policy);
}
