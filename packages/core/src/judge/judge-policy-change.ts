import { decodeText } from "../bytes.ts";
import { isRegularFile } from "../object/mode.ts";
import type { AppliedRequirement } from "../policy/apply-rules.ts";
import { policyChangeRequirement } from "../policy/commit-requirements.ts";
import type { Policy, Protection } from "../policy/policy.ts";
import type { CommitSubject } from "./commit-verdict.ts";
import { type Violation, violation } from "./violation.ts";

/** The name under which the requirement of a changed policy file appears among the rules. */
const POLICY_CHANGE = "policyChange";

/** What a commit needs that changes the policy, whoever made it; nothing where it does not. */
export function askOfPolicyChange(
  policy: Policy,
  protection: Protection,
  { policyChanges }: CommitSubject,
): readonly AppliedRequirement[] {
  if (policyChanges.length === 0) return [];
  return [{ requirement: policyChangeRequirement(policy, protection), rules: [POLICY_CHANGE] }];
}

/** The violation of a requirement for changing the policy that is not met; undefined where it is another requirement. */
export function unapproved(subject: CommitSubject, { requirement, rules }: AppliedRequirement): Violation | undefined {
  if (!rules.includes(POLICY_CHANGE)) return undefined;
  const data = { paths: policyPaths(subject), needs: requirement };
  return violation("POLICY_CHANGED", data, { commit: subject.commit.oid, rules });
}

/** The violation of a commit that takes the policy's file away, or puts something else than a file in its place. */
export function removal(subject: CommitSubject): Violation | undefined {
  const { commit, policyChanges } = subject;
  if (policyChanges.length === 0 || policyChanges.some(({ newMode }) => isRegularFile(newMode))) return undefined;
  return violation("POLICY_REMOVED", { paths: policyPaths(subject) }, { commit: commit.oid });
}

function policyPaths({ policyChanges }: CommitSubject): readonly string[] {
  return policyChanges.map(({ path }) => decodeText(path));
}
