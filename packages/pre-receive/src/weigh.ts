import type { Outcome } from "@countersign/core/internal";

/** What becomes of several verdicts: a breach weighs more than a doubt, and both more than what another policy allows. */
export function weigh(outcomes: readonly Outcome[]): Outcome {
  if (outcomes.includes("deny")) return "deny";
  return outcomes.includes("undecided") ? "undecided" : "allow";
}
