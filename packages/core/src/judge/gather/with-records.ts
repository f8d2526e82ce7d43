import type { LedgerClaims } from "../records/ledger-claims.ts";
import { findMismatches, MOST_SHOWN } from "../records/mismatches.ts";
import type { Case } from "./case.ts";
import type { CommitReading } from "./facts.ts";

/**
 * Adds what the ledger and the forge say, where there is either and co-signs are asked for: more of them, which were taken
 * back, and which are about something else.
 */
export async function withRecords(of: Case, reading: CommitReading, ledger: LedgerClaims | undefined): Promise<Case> {
  if (!ledger || (of.asks.length === 0 && !of.dispute)) return of;
  const records = await ledger.recordsAbout(reading.changes);
  const claims = [...(await ledger.afterWithdrawals(of.claims)), ...(await ledger.of(reading, records))];
  const heard = new Set(claims.map(({ person }) => person));
  const refused = (await ledger.refusedReviews(reading.changes)).filter(({ person }) => !heard.has(person));
  const mismatches = findMismatches(ledger.place, reading, records, heard);
  const reviews = refused.slice(0, MOST_SHOWN).map(({ mismatch }) => mismatch);
  return { ...of, claims, mismatches: [...mismatches, ...reviews] };
}
