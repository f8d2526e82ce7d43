import type { JudgedClaim } from "../cosign/prove.ts";
import type { Commit } from "../object/commit.ts";
import { disputeRequirement } from "../policy/commit-requirements.ts";
import type { Policy, Protection } from "../policy/policy.ts";
import { type Dispute, findDispute } from "../provenance/dispute.ts";
import type { JudgedRequirement } from "./commit-verdict.ts";
import { type Counting, countCosigns } from "./count-cosigns.ts";
import { explainViolation, type Violation, violation } from "./violation.ts";

/** The name under which the requirement of a dispute appears among the rules. */
const DISPUTES = "disputes";

/** A dispute, and whether somebody has proven it who may. */
export interface JudgedDispute extends Dispute {
  /** What proves it; where it is met, the commit needs nothing else for being assisted. */
  readonly requirement: JudgedRequirement;
  /** Why each other co-sign does not prove it. */
  readonly refusals: readonly Violation[];
}

/** Judges the dispute of an assisted commit; undefined where it has none, or the policy takes nobody's word for one. */
export function judgeDispute(
  policy: Policy,
  protection: Protection,
  commit: Commit,
  own: readonly JudgedClaim[],
  counting: Counting,
): JudgedDispute | undefined {
  const dispute = findDispute(policy, commit);
  const requirement = disputeRequirement(policy, protection);
  if (!dispute || !requirement) return undefined;
  const shaped = { requirement, rules: [DISPUTES] };
  const { met, people, refusals } = countCosigns(policy, shaped, own, counting);
  return { ...dispute, requirement: { ...shaped, met, by: people }, refusals: [...refusals.values()] };
}

/** What to tell where a dispute would have spared the commit what it is refused for. */
export function unproven({ commit }: { readonly commit: Commit }, dispute: JudgedDispute): Violation {
  const { reason, line, requirement, refusals } = dispute;
  const problems = refusals.map((refusal) => explainViolation(refusal).what);
  const data = { reason, line, needs: requirement.requirement, problems };
  return violation("DISPUTE_UNPROVEN", data, { commit: commit.oid, rules: [DISPUTES] });
}
