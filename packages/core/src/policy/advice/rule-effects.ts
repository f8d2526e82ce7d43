import { policyChangeRequirement } from "../commit-requirements.ts";
import { conditionsNarrow } from "../conditions/rule-conditions.ts";
import type { Path } from "../file/problem.ts";
import type { Policy, Rule } from "../policy.ts";
import { POLICY_FILES } from "../policy-files.ts";
import type { RequirementOverride } from "../requirement.ts";
import { loweredFields } from "../strictness.ts";
import { type Advice, advice } from "./advice.ts";

/** Whether each rule that applies makes a difference. */
export function* adviseOnRuleEffects(policy: Policy): Iterable<Advice> {
  const { rules } = policy;
  for (const [index, rule] of rules.entries()) {
    if (rule.deny !== undefined) continue;
    const path = ["rules", index];
    yield* adviseOnPolicyFile(policy, rule, path);
    const by = findShadows(policy, rule, rules.slice(index + 1));
    if (by) yield advice("RULE_SHADOWED", path, { rule: rule.name, by });
    else if (changesNothing(policy, rule, rules.slice(0, index))) yield advice("RULE_IDLE", path, { rule: rule.name });
  }
}

/** A rule that guards the policy file among others reads as if it did so against everyone. */
function* adviseOnPolicyFile(policy: Policy, { name, when, cosign }: Rule, path: Path): Iterable<Advice> {
  const file = POLICY_FILES.find((candidate) => when.paths?.some((glob) => glob.matches(candidate)));
  if (file === undefined) return;
  for (const protection of policy.protect) {
    const needs = policyChangeRequirement(policy, protection);
    if (loweredFields(needs, cosign, policy.levels).length === 0) continue;
    yield advice("POLICY_CHANGE_EASIER", path, { rule: name, file, needs });
    return;
  }
}

/** The later rules that set every field of this one again wherever it applies; undefined if something of it stays. */
function findShadows(policy: Policy, rule: Rule, later: readonly Rule[]): readonly string[] | undefined {
  const shadows = new Set<string>();
  for (const field of fieldsOf(rule.cosign)) {
    const shadow = later.find(
      (other) => other.cosign[field] !== undefined && conditionsNarrow(rule.when, other.when, policy.levels),
    );
    if (!shadow) return undefined;
    shadows.add(shadow.name);
  }
  return [...shadows];
}

/** Whether every field of a rule has on every branch the value that the rule sets, and no earlier rule changes that. */
function changesNothing(policy: Policy, rule: Rule, earlier: readonly Rule[]): boolean {
  const before: readonly RequirementOverride[] = [
    ...policy.protect.map(({ cosign }) => ({ ...policy.cosign, ...cosign })),
    ...earlier.map(({ cosign }) => cosign),
  ];
  return fieldsOf(rule.cosign).every((field) =>
    before.every((values) => values[field] === undefined || values[field] === rule.cosign[field]),
  );
}

function fieldsOf(override: RequirementOverride): readonly (keyof RequirementOverride)[] {
  return Object.keys(override) as (keyof RequirementOverride)[];
}
