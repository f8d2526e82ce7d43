import type { WitnessedHead } from "@countersign/git/internal";
import { escapeText } from "@countersign/report";

/** What was written down of a request, as a clause. */
export function describeWitnessed(written: WitnessedHead | string): string {
  if (typeof written === "string") return `nothing to record: ${escapeText(written)}`;
  return `approvals in the ledger: ${written.standing.length}; withdrawn: ${written.withdrawn.length}`;
}
