import { pathKey } from "../../merge/merged-paths.ts";
import type { ViolationData } from "../../messages/violations.ts";
import type { Person } from "../../policy/policy.ts";
import type { LedgerClaims, Place, SpokenFor } from "./ledger-claims.ts";
import { findNearMiss } from "./near-miss.ts";
import { findPartOf } from "./part-of.ts";
import type { SignedRecord } from "./record-source.ts";

/** A co-sign that is not over what lands, and why. */
export type Mismatch = ViolationData<"COSIGN_MISMATCH">;

/** More than these would help nobody. */
export const MOST_SHOWN = 3;
/** How many blocks are looked at where a whole ledger is searched. */
const MOST_SEARCHED = 20_000;

/** For people whose approval does not count for a commit: what they last approved at the same paths, and how that differs. */
export function findMismatches(
  place: Place,
  spoken: SpokenFor,
  about: readonly SignedRecord[],
  heard: ReadonlySet<Person | undefined>,
): readonly Mismatch[] {
  const found = new Map<Person, { readonly time: string; readonly mismatch: Mismatch }>();
  for (const record of about) {
    const { person } = record.verified;
    const { time } = record.lines.head;
    if (heard.has(person) || time <= (found.get(person)?.time ?? "")) continue;
    const reason = findNearMiss(place, spoken, record);
    if (reason !== undefined) found.set(person, { time, mismatch: mismatchOf(record, reason) });
  }
  return [...found.values()].slice(0, MOST_SHOWN).map(({ mismatch }) => mismatch);
}

/** What in a whole ledger has most in common with a commit, where it is about more paths, or about fewer. */
export async function findElsewhere(
  ledger: Pick<LedgerClaims, "records">,
  spoken: SpokenFor,
): Promise<Mismatch | undefined> {
  let best: { readonly common: number; readonly mismatch: Mismatch } | undefined;
  let searched = 0;
  const landed = new Map(spoken.changes.map((change) => [pathKey(change.path), change]));
  for await (const record of ledger.records()) {
    searched += 1;
    if (searched > MOST_SEARCHED) break;
    const part = findPartOf(record.changes, spoken.changes, landed);
    if (part && part.common > (best?.common ?? 0)) {
      best = { common: part.common, mismatch: mismatchOf(record, part.reason) };
    }
  }
  return best?.mismatch;
}

function mismatchOf({ lines, recordId, blockNumber }: SignedRecord, reason: string): Mismatch {
  return { email: lines.head.cosigner, record: recordId, block: blockNumber, reason };
}
