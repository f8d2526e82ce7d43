import type { Change } from "../object/change.ts";
import { pathFilterOf } from "./conditions/rule-conditions.ts";
import { type Levels, leastRank } from "./levels.ts";
import type { Rule } from "./policy.ts";
import type { Requirement } from "./requirement.ts";

/** A requirement, and the names of the rules that set one of its fields, in the policy's order. */
export interface AppliedRequirement {
  readonly requirement: Requirement;
  readonly rules: readonly string[];
  /** Where it is a rule about authors that lets them sign their own work: the least rank that all of them must have. */
  readonly selfFrom?: number;
}

/** What rules made of a requirement. Paths that meet the same rules share it, so that 100,000 of them cost one look-up a rule. */
interface RuleState {
  readonly requirement: Requirement;
  readonly selfFrom?: number | undefined;
  /** The index of the rule that set each field. */
  readonly setBy: ReadonlyMap<string, number>;
  /** What one more rule makes of it, by that rule's index. */
  readonly next: Map<number, RuleState>;
}

/**
 * What rules that apply to a commit make of a requirement, on each of the paths that it changes: in the order of the paths,
 * and each but once. Of a commit that changes none, it is what all of these rules make of it.
 */
export function applyRules(
  base: Requirement,
  rules: readonly Rule[],
  changes: readonly Change[],
  levels: Levels,
): readonly AppliedRequirement[] {
  const start: RuleState = { requirement: base, setBy: new Map(), next: new Map() };
  const filters = rules.map(({ when }) => pathFilterOf(when));
  const reached = new Set<RuleState>();
  const stateAfter = (state: RuleState, rule: Rule, index: number) => nextState(state, rule, index, levels);
  if (changes.length === 0) reached.add(rules.reduce(stateAfter, start));
  for (const change of changes) {
    let state = start;
    rules.forEach((rule, index) => {
      if (filters[index]?.(change) !== false) state = stateAfter(state, rule, index);
    });
    reached.add(state);
  }
  return distinct(reached, rules);
}

function nextState(state: RuleState, rule: Rule, index: number, levels: Levels): RuleState {
  const known = state.next.get(index);
  if (known) return known;
  const { cosign } = rule;
  const set = Object.keys(cosign).map((field) => [field, index] as const);
  const next = {
    requirement: { ...state.requirement, ...cosign },
    selfFrom: cosign.self === undefined ? state.selfFrom : selfFromOf(state, rule, levels),
    setBy: new Map([...state.setBy, ...set]),
    next: new Map(),
  };
  state.next.set(index, next);
  return next;
}

/** From which rank on authors may sign their own work, once a rule has said whether they may. */
function selfFromOf({ requirement, selfFrom }: RuleState, { when, cosign }: Rule, levels: Levels): number | undefined {
  if (!cosign.self || !when.authors || (requirement.self && selfFrom === undefined)) return undefined;
  const rank = leastRank(levels, when.authors.level);
  return Math.min(rank, selfFrom ?? rank);
}

/** Merges states that ask for the same, whichever rules led there. */
function distinct(states: Iterable<RuleState>, rules: readonly Rule[]): AppliedRequirement[] {
  const found = new Map<string, { state: RuleState; indexes: Set<number> }>();
  for (const state of states) {
    const { requirement, selfFrom, setBy } = state;
    const { count, level, proof, maxAge, coverage, reapply, self } = requirement;
    const key = JSON.stringify([count, level, proof, maxAge, coverage, reapply, self, selfFrom]);
    const entry = found.get(key) ?? { state, indexes: new Set() };
    for (const index of setBy.values()) entry.indexes.add(index);
    found.set(key, entry);
  }
  return [...found.values()].map(({ state: { requirement, selfFrom }, indexes }) => ({
    requirement,
    ...(selfFrom === undefined ? {} : { selfFrom }),
    rules: rules.filter((_, index) => indexes.has(index)).map(({ name }) => name),
  }));
}
