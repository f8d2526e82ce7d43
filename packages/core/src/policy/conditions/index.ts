import { agents } from "./agents.ts";
import { authors } from "./authors.ts";
import { changes } from "./changes.ts";
import type { Condition } from "./condition.ts";
import { deletes } from "./deletes.ts";
import { paths } from "./paths.ts";

/** Every condition that a rule can set, by the name of its field, in the order in which the published schema has them. */
const ALL = { paths, deletes, changes, authors, agents };

type All = typeof ALL;
export type ConditionName = keyof All;

/** The conditions of a rule as a policy file has them. */
export type WrittenConditions = {
  readonly [Name in ConditionName]?: Parameters<All[Name]["normalise"]>[0] | undefined;
};

/** The conditions of a rule. All that are set must hold; a rule that sets none applies to every commit. */
export type RuleConditions = { readonly [Name in ConditionName]?: ReturnType<All[Name]["normalise"]> };

/** For those who treat all conditions alike. What stands under a condition's name is of that condition's types. */
type AnyCondition = Condition<unknown, unknown>;

export const CONDITIONS: Readonly<Record<ConditionName, AnyCondition>> = ALL;

export const CONDITION_NAMES = Object.keys(ALL) as readonly ConditionName[];

interface SetCondition {
  readonly name: ConditionName;
  readonly condition: AnyCondition;
  readonly value: unknown;
}

/** The conditions that a rule sets, or a rule of a policy file, each with what is set. */
export function conditionsIn(rule: RuleConditions | WrittenConditions): readonly SetCondition[] {
  return CONDITION_NAMES.flatMap((name) => {
    const value = rule[name];
    return value === undefined ? [] : [{ name, condition: CONDITIONS[name], value }];
  });
}
