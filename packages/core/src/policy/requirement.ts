import type { Change } from "../object/change.ts";
import type { Policy, Protection, Requirement, Rule } from "./policy.ts";
import { tighten } from "./strictness.ts";

/** What rules can ask about a commit. */
export interface CommitFacts {
  /** With `lines`, if `countsLines` says that the policy asks for them. */
  readonly changes: readonly Change[];
  /** The ids of the agents that took part. */
  readonly agents: readonly string[];
  /** The author's rank; undefined for somebody who is not on the roster. */
  readonly authorLevel: number | undefined;
}

/** A requirement, and the names of the rules that set one of its fields, in the policy's order. */
export interface AppliedRequirement {
  readonly requirement: Requirement;
  readonly rules: readonly string[];
}

/** A rule that refuses a commit, and the reason it gives. */
export interface Denial {
  readonly rule: string;
  readonly reason: string;
}

/** All that a policy asks of one commit. Every requirement must be met; a denial cannot be. */
export interface CommitRequirements {
  /** Distinct, in the order of the paths that they come from; never empty. */
  readonly requirements: readonly AppliedRequirement[];
  readonly denials: readonly Denial[];
}

/** What the rules made of the paths so far that met the same rules. Paths share these, so that 100,000 of them cost one lookup a rule. */
interface Stage {
  readonly requirement: Requirement;
  /** The index of the rule that set each field. */
  readonly setBy: ReadonlyMap<string, number>;
  readonly next: Map<number, Stage>;
}

/** What the policy asks of an assisted commit that is to land on a branch of this protect entry. */
export function requirementsOf(policy: Policy, protection: Protection, facts: CommitFacts): CommitRequirements {
  const applying = policy.rules
    .map((rule, index) => ({ rule, index }))
    .filter(({ rule }) => meetsConditions(rule, policy, facts));
  const denying = applying.filter(({ rule }) => rule.deny !== undefined);
  const shaping = applying.filter(({ rule }) => rule.deny === undefined);

  const base: Stage = { requirement: baseRequirement(policy, protection), setBy: new Map(), next: new Map() };
  const last = new Set<Stage>();
  if (facts.changes.length === 0) last.add(stageOf(base, shaping, undefined));
  for (const { path } of facts.changes) last.add(stageOf(base, shaping, path));

  return {
    requirements: distinct(last, policy.rules),
    denials: denying
      .filter(({ rule }) => rule.paths === undefined || facts.changes.some(({ path }) => touches(rule, path)))
      .map(({ rule }) => ({ rule: rule.name, reason: rule.deny as string })),
  };
}

/** What a change of the policy file itself needs, whoever made it: at least one co-sign. */
export function policyChangeRequirement(policy: Policy, protection: Protection): Requirement {
  const base = baseRequirement(policy, protection);
  return tighten({ ...base, count: Math.max(1, base.count) }, policy.policyChange, policy.levels);
}

/**
 * What proves a commit's marks of AI wrong: the word of one person of the level that the policy names, be it the author.
 * A merge's co-sign is no such word. Undefined where the policy takes nobody's.
 */
export function disputeRequirement(policy: Policy, protection: Protection): Requirement | undefined {
  if (!policy.disputes) return undefined;
  const { level } = policy.disputes;
  return { ...baseRequirement(policy, protection), count: 1, level, coverage: "commit", self: true };
}

/** Whether a rule counts lines, so that changes must be read with them. */
export function countsLines(policy: Pick<Policy, "rules">): boolean {
  return policy.rules.some(({ changedLines }) => changedLines !== undefined);
}

function baseRequirement(policy: Policy, protection: Protection): Requirement {
  return { ...policy.cosign, ...protection.cosign };
}

/** Every condition but `paths`: those look at the commit as a whole. */
function meetsConditions(rule: Rule, policy: Policy, { changes, agents, authorLevel }: CommitFacts): boolean {
  if (rule.agents !== undefined && !agents.some((agent) => rule.agents?.has(agent))) return false;
  if (rule.authorLevel !== undefined) {
    const least = policy.levels.get(rule.authorLevel);
    if (least === undefined || authorLevel === undefined || authorLevel < least) return false;
  }
  if (rule.changedFiles !== undefined && changes.length <= rule.changedFiles) return false;
  if (rule.deletedFiles !== undefined && changes.filter(({ status }) => status === "D").length <= rule.deletedFiles) {
    return false;
  }
  return rule.changedLines === undefined || totalLines(changes) > rule.changedLines;
}

function totalLines(changes: readonly Change[]): number {
  let total = 0;
  for (const { lines } of changes) {
    // Guessing here could let a rule pass by; a caller that forgot to count must hear of it.
    if (lines === undefined) throw new TypeError("a rule counts lines, but the changes were read without them");
    total += lines.added + lines.deleted;
  }
  return total;
}

function touches(rule: Rule, path: Uint8Array): boolean {
  const globs = rule.paths as readonly { matches(name: Uint8Array): boolean }[];
  for (let i = 0; i < globs.length; i += 1) if (globs[i]?.matches(path)) return true;
  return false;
}

/** Applies the rules in order to one path, or those without paths to a commit that changes none. */
function stageOf(
  base: Stage,
  rules: readonly { readonly rule: Rule; readonly index: number }[],
  path: Uint8Array | undefined,
): Stage {
  let stage = base;
  for (const { rule, index } of rules) {
    if (rule.paths !== undefined && (path === undefined || !touches(rule, path))) continue;
    let next = stage.next.get(index);
    if (next === undefined) {
      const fields = Object.keys(rule.cosign);
      next = {
        requirement: { ...stage.requirement, ...rule.cosign },
        setBy: new Map([...stage.setBy, ...fields.map((field) => [field, index] as const)]),
        next: new Map(),
      };
      stage.next.set(index, next);
    }
    stage = next;
  }
  return stage;
}

/** Merges stages that ask for the same, whichever rules led there. */
function distinct(stages: Iterable<Stage>, rules: readonly Rule[]): AppliedRequirement[] {
  const found = new Map<string, { requirement: Requirement; indexes: Set<number> }>();
  for (const { requirement, setBy } of stages) {
    const { count, level, proof, maxAge, coverage, self } = requirement;
    const key = JSON.stringify([count, level, proof, maxAge, coverage, self]);
    const entry = found.get(key) ?? { requirement, indexes: new Set() };
    for (const index of setBy.values()) entry.indexes.add(index);
    found.set(key, entry);
  }
  return [...found.values()].map(({ requirement, indexes }) => ({
    requirement,
    rules: [...indexes].sort((a, b) => a - b).map((index) => rules[index]?.name ?? ""),
  }));
}
