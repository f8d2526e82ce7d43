import type { CommitVerdict } from "../judge/decide/verdict.ts";
import { type Violation, violation } from "../judge/violation.ts";

/** The commits that landed in an emergency and were not reviewed in time. Once they are, nothing of the emergency is left. */
export function findOverdue(judged: readonly CommitVerdict[], now: number): readonly Violation[] {
  return judged.flatMap(({ commit, emergency }) => {
    if (!emergency?.review || now < emergency.review.until) return [];
    const { reason, review } = emergency;
    return [violation("EMERGENCY_UNREVIEWED", { reason, until: review.until }, { commit, able: review.able })];
  });
}
