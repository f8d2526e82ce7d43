import type { Case } from "./case.ts";
import type { CommitReading } from "./facts.ts";
import type { LedgerClaims } from "./ledger-claims.ts";
import { findMismatches } from "./mismatches.ts";

/**
 * Adds what the ledger says, where there is one and co-signs are asked for: more of them, which were taken back, and which
 * are about something else.
 */
export async function withRecords(of: Case, reading: CommitReading, ledger: LedgerClaims | undefined): Promise<Case> {
  if (!ledger || (of.asks.length === 0 && !of.dispute)) return of;
  const records = await ledger.recordsAbout(reading.changes);
  const claims = [...(await ledger.afterWithdrawals(of.claims)), ...(await ledger.of(reading, records))];
  return { ...of, claims, mismatches: findMismatches(ledger.place, reading, records, claims) };
}
