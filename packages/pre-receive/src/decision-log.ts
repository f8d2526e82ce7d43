import { appendFileSync } from "node:fs";
import { isAbsolute } from "node:path";
import { CountersignError, type RefUpdate } from "@countersign/core";
import { conclude, noticesOf, type Outcome, violationsOf, weigh } from "@countersign/core/internal";
import type { Received } from "./received.ts";

/** A line of the log. `verdict` is that on the ref, `push` that on all of it: where one ref must not move none does. */
interface LogLine {
  readonly time: string;
  readonly ref: string;
  readonly old: string;
  readonly new: string;
  readonly verdict: Outcome;
  readonly push: Outcome;
  readonly codes: readonly string[];
  /** The commit whose policy was in force. */
  readonly policy: string | null;
  /** Whether the push brings the first policy. */
  readonly adopted: boolean;
}

/**
 * Adds a line of JSON for each ref of a push to the server's log. All of them go in by one call, which the system adds at the
 * end, so that pushes at the same time do not mix.
 * @throws `DECISION_UNLOGGED`
 */
export function logDecision(path: string, updates: readonly RefUpdate[], received: Received, time: string): void {
  const lines = updates.map((update, index) => `${JSON.stringify(describe(update, index, received, time))}\n`);
  try {
    if (!isAbsolute(path)) throw new Error("it is not an absolute path");
    appendFileSync(path, lines.join(""));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CountersignError("DECISION_UNLOGGED", { path, reason }, { cause: error });
  }
}

function describe({ ref, old, new: tip }: RefUpdate, index: number, received: Received, time: string): LogLine {
  const { outcome, decisions, adopted = false } = received;
  const verdicts: Outcome[] = [];
  const codes = new Set<string>();
  for (const { policy, updates, fault, ...decision } of decisions) {
    const verdict = updates[index];
    verdicts.push(verdict ? conclude(policy, [verdict]).outcome : decision.outcome);
    const found = verdict ? [...violationsOf(verdict), ...noticesOf(verdict), ...verdict.faults] : fault ? [fault] : [];
    for (const { code } of found) codes.add(code);
  }
  const policy = decisions[0]?.policy?.commit ?? null;
  return {
    time,
    ref,
    old,
    new: tip,
    verdict: weigh(verdicts),
    push: outcome,
    codes: [...codes].sort(),
    policy,
    adopted,
  };
}
