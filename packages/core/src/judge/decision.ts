import type { CountersignError } from "../error.ts";
import type { MergeWay } from "../merge-way/merge-way.ts";
import type { PolicyInForce } from "../policy/in-force.ts";
import type { Mode } from "../policy/policy.ts";
import type { RefUpdate } from "../ref.ts";
import type { CommitVerdict } from "./decide/verdict.ts";
import type { Violation } from "./violation.ts";

/** `undecided` stops a push like `deny` does: what could not be judged is not let through. */
export type Outcome = "allow" | "deny" | "undecided";

/** The verdict on one ref update. */
export interface UpdateVerdict {
  readonly update: RefUpdate;
  /** The protected branch that it moves, by short name; undefined if nothing protects the ref. */
  readonly branch: string | undefined;
  /** Where ways of merging were judged: those for which this is the verdict. */
  readonly ways?: readonly MergeWay[];
  /** With `warn` violations are reported and stop nothing. */
  readonly mode: Mode;
  /** How many commits are new there, and how many of them are assisted. */
  readonly commits: number;
  readonly assisted: number;
  /** Those of the new commits that were assisted, touch the policy or break a rule. */
  readonly judged: readonly CommitVerdict[];
  /** What is wrong with the update itself. Those of commits are in `judged`. */
  readonly violations: readonly Violation[];
  /** What kept the update, or a part of it, from being judged. */
  readonly faults: readonly CountersignError[];
}

/** The verdict on a push: every update with everything that is wrong with it, not only the first fault. */
export interface Decision {
  readonly outcome: Outcome;
  readonly policy: PolicyInForce | undefined;
  readonly updates: readonly UpdateVerdict[];
  /** What kept all of it from being judged, so that there are no updates. */
  readonly fault?: CountersignError;
}

/** Every violation of an update, its own and its commits'. */
export function violationsOf(verdict: UpdateVerdict): readonly Violation[] {
  return [...verdict.violations, ...verdict.judged.flatMap(({ violations }) => violations)];
}

/** One verdict from several: a breach weighs more than a doubt, and both weigh more than what another policy allows. */
export function weigh(outcomes: readonly Outcome[]): Outcome {
  if (outcomes.includes("deny")) return "deny";
  return outcomes.includes("undecided") ? "undecided" : "allow";
}

/** A proven breach weighs more than a doubt; neither lets a push pass. */
export function conclude(policy: PolicyInForce | undefined, updates: readonly UpdateVerdict[]): Decision {
  const denied = updates.some((verdict) => verdict.mode === "enforce" && violationsOf(verdict).length > 0);
  const undecided = updates.some(({ mode, faults }) => mode === "enforce" && faults.length > 0);
  return { outcome: denied ? "deny" : undecided ? "undecided" : "allow", policy, updates };
}

/** What to report if a fault came before any update was judged. */
export function undecided(fault: CountersignError): Decision {
  return { outcome: "undecided", policy: undefined, updates: [], fault };
}
