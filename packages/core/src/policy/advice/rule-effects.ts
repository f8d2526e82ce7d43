import { conditionsNarrow } from "../conditions/rule-conditions.ts";
import type { Policy, Rule } from "../policy.ts";
import type { RequirementOverride } from "../requirement.ts";
import { type Advice, advice } from "./advice.ts";

/** Whether each rule that applies makes a difference. */
export function* adviseOnRuleEffects(policy: Policy): Iterable<Advice> {
  const { rules } = policy;
  for (const [index, rule] of rules.entries()) {
    if (rule.deny !== undefined) continue;
    const path = ["rules", index];
    const by = findShadows(policy, rule, rules.slice(index + 1));
    if (by) yield advice("RULE_SHADOWED", path, { rule: rule.name, by });
    else if (changesNothing(policy, rule, rules.slice(0, index))) yield advice("RULE_IDLE", path, { rule: rule.name });
  }
}

/** The later rules that set every field of this one again wherever it applies; undefined where something of it stays. */
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
    ...earlier.filter(({ deny }) => deny === undefined).map(({ cosign }) => cosign),
  ];
  return fieldsOf(rule.cosign).every((field) =>
    before.every((values) => values[field] === undefined || values[field] === rule.cosign[field]),
  );
}

function fieldsOf(override: RequirementOverride): readonly (keyof RequirementOverride)[] {
  return Object.keys(override) as (keyof RequirementOverride)[];
}
