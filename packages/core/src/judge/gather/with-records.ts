import type { Case } from "./case.ts";
import type { CommitReading } from "./facts.ts";
import type { LedgerClaims } from "./ledger-claims.ts";

/** Adds the co-signs of the ledger, where there is one and any are asked for. */
export async function withRecords(of: Case, reading: CommitReading, ledger: LedgerClaims | undefined): Promise<Case> {
  if (!ledger || (of.asks.length === 0 && !of.dispute)) return of;
  return { ...of, claims: [...of.claims, ...(await ledger.of(reading))] };
}
