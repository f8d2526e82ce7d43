import type { CommitVerdict } from "../judge/decide/verdict.ts";
import type { ViolationCode } from "../messages/violations.ts";
import { nameNeeds, type Requirement } from "../policy/requirement.ts";
import type { ReplayedCommit } from "./replay.ts";

/** Co-signs of one kind that were missing. */
export interface MissingCosigns {
  readonly requirement: Requirement;
  /** How many commits lack them, and how many co-signs that is. */
  commits: number;
  cosigns: number;
}

/** How often an agent took part, and how often that would have been refused. */
export interface AgentTally {
  assisted: number;
  refused: number;
}

/** How many of the newest refused commits are kept to be shown. */
const SHOWN = 10;

const DAY = 24 * 60 * 60;

/** Counts verdicts over history, however long it is. */
export class Tally {
  commits = 0;
  assisted = 0;
  refused = 0;
  /** When the first and the last commit landed, in seconds since 1970. */
  first = Number.POSITIVE_INFINITY;
  last = Number.NEGATIVE_INFINITY;
  /** The days, of UTC, on which anything landed, as their numbers since 1970. */
  readonly days = new Set<number>();
  /** Commits by code; one can break several rules. */
  readonly codes = new Map<ViolationCode, number>();
  /** Refused commits by the rule that asked for what is missing; `undefined` is the policy without its rules. */
  readonly rules = new Map<string | undefined, number>();
  readonly agents = new Map<string, AgentTally>();
  readonly missing = new Map<string, MissingCosigns>();
  /** Those refused commits that landed last, the newest first. */
  readonly newest: ReplayedCommit[] = [];

  add(replayed: ReplayedCommit): void {
    const { verdict, landed } = replayed;
    const { provenance, violations } = verdict;
    const refused = violations.length > 0;
    this.commits += 1;
    this.first = Math.min(this.first, landed);
    this.last = Math.max(this.last, landed);
    this.days.add(Math.floor(landed / DAY));
    if (provenance.state === "assisted") {
      this.assisted += 1;
      for (const agent of provenance.agents) this.#countAgent(agent, refused);
    }
    if (!refused) return;
    this.refused += 1;
    for (const code of new Set(violations.map((found) => found.code))) count(this.codes, code);
    const rules = new Set(violations.flatMap((found) => orPolicy(found.rules)));
    for (const rule of rules) count(this.rules, rule);
    this.#countMissing(verdict);
    this.#keep(replayed);
  }

  #countAgent(agent: string, refused: boolean): void {
    const counted = this.agents.get(agent) ?? { assisted: 0, refused: 0 };
    counted.assisted += 1;
    if (refused) counted.refused += 1;
    this.agents.set(agent, counted);
  }

  #countMissing({ requirements }: CommitVerdict): void {
    for (const { requirement, met, by } of requirements) {
      if (met) continue;
      const key = nameNeeds(requirement);
      const counted = this.missing.get(key) ?? { requirement, commits: 0, cosigns: 0 };
      counted.commits += 1;
      counted.cosigns += requirement.count - by.length;
      this.missing.set(key, counted);
    }
  }

  #keep(replayed: ReplayedCommit): void {
    const at = this.newest.findIndex(({ landed }) => landed < replayed.landed);
    if (at < 0) this.newest.push(replayed);
    else this.newest.splice(at, 0, replayed);
    if (this.newest.length > SHOWN) this.newest.pop();
  }
}

function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function orPolicy(rules: readonly string[]): readonly (string | undefined)[] {
  return rules.length === 0 ? [undefined] : rules;
}
