import type { ObjectId } from "../object/oid.ts";
import { branchName, isDeleted } from "../ref.ts";
import type { Repository } from "../repository.ts";
import { LedgerClaims } from "./gather/ledger-claims.ts";
import type { Landing } from "./plan.ts";
import type { Push } from "./push.ts";

/**
 * The ledger that counts for a landing: the destination's, as what the same push brings makes it; undefined where there is
 * none. One that is here alone does not count yet.
 */
export function openLedger(repository: Repository, push: Push, { policy, branch }: Landing): LedgerClaims | undefined {
  const { ledger } = policy.policy;
  const tip = ledger === undefined ? undefined : findTip(push, ledger);
  return tip && new LedgerClaims(repository, policy.policy, branch, tip);
}

function findTip({ updates, destination }: Push, ref: string): ObjectId | undefined {
  const pushed = updates.find((update) => update.ref === ref);
  if (pushed) return isDeleted(pushed) ? undefined : pushed.new;
  const name = branchName(ref);
  return name === undefined ? undefined : destination.branches.get(name);
}
