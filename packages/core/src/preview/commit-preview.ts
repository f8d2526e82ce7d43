import { askOfAssisted, askOfPolicyChange } from "../judge/gather/ask.ts";
import type { Ask } from "../judge/gather/case.ts";
import type { Violation } from "../judge/violation.ts";
import type { CommitFacts } from "../policy/conditions/condition.ts";
import { findProtection, type Policy } from "../policy/policy.ts";
import { isPolicyChange } from "../policy/policy-files.ts";

/** What a push of a commit will need, said before there is a commit. */
export interface CommitPreview {
  /** What co-signs have to meet on the branch; empty if it is not protected. */
  readonly asks: readonly Ask[];
  /** What a change of the policy needs; undefined if the policy is not touched. */
  readonly policyChange: Ask | undefined;
  /** What no co-sign can allow, on whatever protected branch it is to land. */
  readonly denials: readonly Violation[];
}

/** Says what staged changes will need, as far as they show by themselves. An unprotected branch requires nothing. */
export function previewCommit(policy: Policy, branch: string | undefined, facts: CommitFacts): CommitPreview {
  const own = branch === undefined ? undefined : findProtection(policy, branch);
  // Whatever is protected at all: a rule that denies does so on every protected branch alike.
  const any = own ?? policy.protect[0];
  if (!any) return { asks: [], policyChange: undefined, denials: [] };
  const assisted = facts.agents.length > 0;
  const { asks, denials } = assisted ? askOfAssisted(policy, any, facts) : { asks: [], denials: [] };
  const changes = facts.changes.filter(isPolicyChange);
  return {
    asks: own ? asks.filter(({ requirement }) => requirement.count > 0) : [],
    policyChange: changes.length > 0 ? askOfPolicyChange(policy, any, changes) : undefined,
    denials,
  };
}
