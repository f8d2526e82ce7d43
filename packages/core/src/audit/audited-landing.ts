import type { CommitVerdict } from "../judge/decide/verdict.ts";
import { type Outcome, type UpdateVerdict, violationsOf } from "../judge/decision.ts";
import { noticesOf } from "../judge/notice.ts";
import type { Violation } from "../judge/violation.ts";
import type { PolicyInForce } from "../policy/in-force.ts";
import type { HiddenLine } from "./hidden-line.ts";

/** A landing, judged again. */
export interface AuditedLanding {
  /** What a gate would have said to a push from where the branch stood before. */
  readonly verdict: UpdateVerdict;
  /** The policy that it was judged by; undefined if there was none, or it is in doubt. */
  readonly policy: PolicyInForce | undefined;
  /** What no gate asks about. */
  readonly findings: readonly Violation[];
  /** What a gate would have said of the commits that lost their marks, had they kept them. */
  readonly marked: readonly CommitVerdict[];
  /** Of a merge that hides the line of its branch: what it needs afterwards; absent if nobody can give it, or all did. */
  readonly hidden?: HiddenLine;
  /** Of both; where the policy only warned, all is allowed. */
  readonly outcome: Outcome;
  /** The first line of the message of the commit that the branch stood at then. */
  readonly subject: string;
  /** In seconds since 1970. */
  readonly landed: number;
}

/** Everything that is wrong with a landing, as a verdict says it. */
export function wholeVerdict({ verdict, findings }: Pick<AuditedLanding, "verdict" | "findings">): UpdateVerdict {
  return { ...verdict, violations: [...findings, ...verdict.violations] };
}

/** The codes of everything there is to say of a landing, each once. */
export function codesOf(landing: Pick<AuditedLanding, "verdict" | "findings">): readonly string[] {
  const { verdict, findings } = landing;
  const found = [...violationsOf(verdict), ...findings, ...noticesOf(wholeVerdict(landing)), ...verdict.faults];
  return [...new Set(found.map(({ code }) => code))];
}

/** Whether there is nothing to say of a landing: nothing is wrong with it, and no review of it is due. */
export function isSound(landing: Pick<AuditedLanding, "verdict" | "findings">): boolean {
  const { verdict, findings } = landing;
  // As most are: of a hundred thousand the rest would show in the time.
  const found = [verdict.judged, verdict.violations, verdict.faults, findings];
  if (found.every(({ length }) => length === 0)) return true;
  const whole = wholeVerdict(landing);
  return violationsOf(whole).length === 0 && whole.faults.length === 0 && noticesOf(whole).length === 0;
}

/** Whether it may have landed as it did, and nothing is wrong with it but that it was not reviewed in time. */
export function isOverdue(landing: Pick<AuditedLanding, "verdict" | "findings">): boolean {
  const violations = violationsOf(wholeVerdict(landing));
  return violations.length > 0 && violations.every(({ code }) => code === "EMERGENCY_UNREVIEWED");
}

/** What a co-sign mends that is given afterwards. */
const REMEDIABLE = /^(?:COSIGN_.*|POLICY_CHANGED|POLICY_REMOVED|DISPUTE_UNPROVEN|EMERGENCY_.*|MARKS_LOST|LINE_HIDDEN)$/;

/** Whether co-signs of what landed may clear it, as far as its codes say. */
export function mayRemedy({ verdict, findings }: Pick<AuditedLanding, "verdict" | "findings">): boolean {
  const wrong = [...findings, ...verdict.judged.flatMap(({ violations }) => violations)];
  return (
    verdict.faults.length === 0 && verdict.violations.length === 0 && wrong.every(({ code }) => REMEDIABLE.test(code))
  );
}

/** What is kept of a landing: no more of its commits than break a rule, or landed in an emergency. */
export function withoutSound(landing: AuditedLanding): AuditedLanding {
  const { verdict } = landing;
  const judged = verdict.judged.filter(({ violations, emergency }) => violations.length > 0 || emergency?.review);
  return { ...landing, verdict: { ...verdict, judged } };
}
