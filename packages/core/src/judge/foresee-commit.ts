import type { AppliedRequirement } from "../policy/apply-rules.ts";
import { policyChangeRequirement, requirementsOf } from "../policy/commit-requirements.ts";
import type { CommitFacts } from "../policy/conditions/condition.ts";
import { findProtection, type Policy, type Protection } from "../policy/policy.ts";
import { isPolicyChange } from "../policy/policy-files.ts";
import type { Requirement } from "../policy/requirement.ts";
import { type Violation, violation } from "./violation.ts";

/** What a push of a commit will need, told before there is a commit. */
export interface Foresight {
  /** What co-signs have to meet; empty where the branch is not protected. */
  readonly requirements: readonly AppliedRequirement[];
  /** What a change of the policy needs; undefined where the policy is not touched. */
  readonly policyChange: Requirement | undefined;
  /** What no co-sign can allow, on whatever protected branch it is to land. */
  readonly violations: readonly Violation[];
}

/** Foresees what becomes of staged changes, as far as they themselves tell. A branch that is not protected asks for nothing. */
export function foreseeCommit(policy: Policy, branch: string | undefined, facts: CommitFacts): Foresight {
  const own = branch === undefined ? undefined : findProtection(policy, branch);
  // Whatever is protected at all: a rule that denies does so on every protected branch alike.
  const any = own ?? (policy.protect[0] as Protection);
  const assisted = facts.agents.length > 0;
  const { requirements, denials } = assisted ? requirementsOf(policy, any, facts) : { requirements: [], denials: [] };
  return {
    requirements: own ? requirements.filter(({ requirement }) => requirement.count > 0) : [],
    policyChange: facts.changes.some(isPolicyChange) ? policyChangeRequirement(policy, any) : undefined,
    violations: denials.map(({ rule, reason }) =>
      violation("DENIED_BY_RULE", { reason, agents: facts.agents }, { rules: [rule] }),
    ),
  };
}
