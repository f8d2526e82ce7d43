import type { Change } from "../../object/change.ts";
import type { Levels } from "../levels.ts";
import type { CommitFacts } from "./condition.ts";
import { CONDITION_NAMES, CONDITIONS, conditionsIn, type RuleConditions, type WrittenConditions } from "./index.ts";

/** The conditions of a rule as a checked policy file has them. */
export function normaliseConditions(written: WrittenConditions): RuleConditions {
  const values = conditionsIn(written).map(({ name, condition, value }) => [name, condition.normalise(value)] as const);
  return Object.fromEntries(values) as RuleConditions;
}

/** Whether a rule with these conditions applies to a commit. */
export function conditionsHold(when: RuleConditions, facts: CommitFacts, levels: Levels): boolean {
  return CONDITION_NAMES.every((name) => {
    const value = when[name];
    return value === undefined || CONDITIONS[name].holds(value, facts, levels);
  });
}

/** Where a rule with these conditions applies to some paths of a commit only: whether it does to one of them. */
export function pathFilterOf(when: RuleConditions): ((change: Change) => boolean) | undefined {
  const filters = conditionsIn(when).flatMap(({ condition: { takesPath }, value }) =>
    takesPath ? [(change: Change) => takesPath(value, change)] : [],
  );
  return filters.length === 0 ? undefined : (change) => filters.every((takes) => takes(change));
}

/** Whether one of these conditions counts lines, so that changes must be read with them. */
export function conditionsCountLines(when: RuleConditions): boolean {
  return conditionsIn(when).some(({ condition, value }) => condition.countsLines?.(value));
}

/** Whether a rule with the conditions `wider` surely applies to every path of every commit that one with `when` applies to. */
export function conditionsNarrow(when: RuleConditions, wider: RuleConditions, levels: Levels): boolean {
  return conditionsIn(wider).every(({ name, condition, value }) => {
    const own = when[name];
    return own !== undefined && condition.narrows(own, value, levels);
  });
}
