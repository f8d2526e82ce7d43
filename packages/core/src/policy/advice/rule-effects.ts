import { covers } from "../glob/cover.ts";
import type { Policy, RequirementOverride, Rule } from "../policy.ts";
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
    const shadow = later.find((other) => other.cosign[field] !== undefined && appliesWherever(policy, rule, other));
    if (!shadow) return undefined;
    shadows.add(shadow.name);
  }
  return [...shadows];
}

/** Whether `other` applies to every path of every commit that `rule` applies to. */
function appliesWherever(policy: Policy, rule: Rule, other: Rule): boolean {
  const paths = other.paths?.map(({ pattern }) => pattern);
  if (paths && !rule.paths?.every(({ pattern }) => paths.some((outer) => covers(outer, pattern)))) return false;
  for (const limit of ["deletedFiles", "changedFiles", "changedLines"] as const) {
    if (other[limit] !== undefined && !(rule[limit] !== undefined && rule[limit] >= other[limit])) return false;
  }
  if (other.authorLevel !== undefined) {
    const rank = (level: string | undefined): number => policy.levels.get(level ?? "") ?? -1;
    if (rank(rule.authorLevel) < rank(other.authorLevel)) return false;
  }
  // One agent of a rule is enough for it, so each of them must be one of the other's.
  return !other.agents || (rule.agents !== undefined && [...rule.agents].every((agent) => other.agents?.has(agent)));
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
