import type { ObjectId } from "../object/oid.ts";
import type { Policy } from "../policy/policy.ts";
import { branchName, isDeleted } from "../ref.ts";
import type { Repository } from "../repository.ts";
import { LedgerClaims } from "./gather/ledger-claims.ts";
import type { Push } from "./push.ts";

/** A push, or nothing but where work lands. */
export type LedgerSource = Pick<Push, "destination"> & Partial<Pick<Push, "updates" | "makers">>;

/**
 * The ledger that counts for a branch, or for any: the destination's, as what the same push brings makes it; undefined
 * where there is none. One that is here alone does not count yet.
 */
export function openLedger(
  repository: Repository,
  source: LedgerSource,
  policy: Policy,
  branch?: string,
): LedgerClaims | undefined {
  const { ledger } = policy;
  const tip = ledger === undefined ? undefined : findTip(source, ledger);
  return tip && new LedgerClaims(repository, policy, branch, tip, source.makers);
}

function findTip({ updates = [], destination }: LedgerSource, ref: string): ObjectId | undefined {
  const pushed = updates.find((update) => update.ref === ref);
  if (pushed) return isDeleted(pushed) ? undefined : pushed.new;
  const name = branchName(ref);
  return name === undefined ? undefined : destination.branches.get(name);
}
