import type { Case } from "./case.ts";
import type { CommitReading } from "./facts.ts";
import type { LedgerClaims } from "./ledger-claims.ts";

/** Adds what the ledger says, where there is one and co-signs are asked for: more of them, and which were taken back. */
export async function withRecords(of: Case, reading: CommitReading, ledger: LedgerClaims | undefined): Promise<Case> {
  if (!ledger || (of.asks.length === 0 && !of.dispute)) return of;
  return { ...of, claims: [...(await ledger.afterWithdrawals(of.claims)), ...(await ledger.of(reading))] };
}
