import { Ledger } from "../../ledger/ledger.ts";
import type { ObjectId } from "../../object/oid.ts";
import type { Policy } from "../../policy/policy.ts";
import { branchName, isDeleted, type RefUpdate } from "../../ref.ts";
import type { Repository } from "../../repository.ts";
import type { Push } from "../push.ts";
import { JoinedRecords } from "./joined-records.ts";
import { LedgerClaims } from "./ledger-claims.ts";
import { findLedgerSigner } from "./ledger-signer.ts";
import type { ReviewedSource } from "./record-source.ts";

/** A push, or nothing but where work lands. */
export type LedgerSource = Pick<Push, "destination"> & Partial<Pick<Push, "updates" | "makers">>;

/**
 * The ledger that counts for a branch, or for any: the destination's, as what the same push brings makes it, and with it
 * what a forge reports about reviews; undefined if there is neither. A ledger that is here alone does not count yet.
 */
export function openLedger(
  repository: Repository,
  source: LedgerSource,
  policy: Policy,
  branch?: string,
  reviewed?: ReviewedSource,
): LedgerClaims | undefined {
  const { ledger: ref } = policy;
  const tip = ref === undefined ? undefined : findTip(source, ref);
  const ledger = tip && new Ledger(repository, tip, (statement) => findLedgerSigner(policy, statement));
  const records = reviewed ? new JoinedRecords(ledger, reviewed) : ledger;
  const { makers } = source;
  return records && new LedgerClaims(repository, policy, branch, { ref: ref ?? "", records, reviewed, makers });
}

/** By push: each of its refs may ask, and there may be thousands. */
const pushedRefs = new WeakMap<readonly RefUpdate[], ReadonlyMap<string, RefUpdate>>();

function findTip({ updates = [], destination }: LedgerSource, ref: string): ObjectId | undefined {
  const byRef = pushedRefs.get(updates) ?? new Map([...updates].reverse().map((update) => [update.ref, update]));
  pushedRefs.set(updates, byRef);
  const pushed = byRef.get(ref);
  if (pushed) return isDeleted(pushed) ? undefined : pushed.new;
  // What moves the branch that such a name stands for is not asked to keep what it holds.
  const name = destination.aliases.has(ref) ? undefined : branchName(ref);
  return name === undefined ? undefined : destination.branches.get(name);
}
