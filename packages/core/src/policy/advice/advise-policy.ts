import type { Policy } from "../policy.ts";
import type { Advice, Adviser, PolicySurroundings } from "./advice.ts";
import { adviseOnBranches } from "./branch-advice.ts";
import { adviseOnPeople } from "./people-advice.ts";
import { adviseOnRules } from "./rule-advice.ts";
import { adviseOnRuleEffects } from "./rule-effects.ts";

const ADVISERS: readonly Adviser[] = [adviseOnBranches, adviseOnPeople, adviseOnRules, adviseOnRuleEffects];

/** Everything about a sound policy that a person should look at. None of it makes the policy a wrong one. */
export function advisePolicy(policy: Policy, surroundings: PolicySurroundings): readonly Advice[] {
  return ADVISERS.flatMap((adviser) => [...adviser(policy, surroundings)]);
}
