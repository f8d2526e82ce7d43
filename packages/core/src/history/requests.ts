import { RosterHelp } from "../judge/decide/roster-help.ts";
import type { Person, Policy } from "../policy/policy.ts";
import { nameNeeds } from "../policy/requirement.ts";
import type { ReplayedCommit } from "./replay.ts";

/** How often someone would have been asked for a co-sign. */
export interface AskedPerson {
  readonly person: Person;
  /** For so many landings this person could have been asked. */
  most: number;
  /** And that is what it comes to where all who could be asked share the work evenly. */
  shared: number;
}

/** What one landing lacks of a kind of co-sign: those who can give it, and how many of them it takes. */
interface Lack {
  readonly able: Set<Person>;
  people: number;
}

/** Counts the requests for co-signs that landings would have brought: one request covers all that lands together. */
export class Requests {
  /** Landings, as often as people are missing for each. */
  count = 0;
  readonly #help: RosterHelp;
  readonly #now: number;
  readonly #asked = new Map<Person, AskedPerson>();

  constructor(policy: Policy, now: number) {
    this.#help = new RosterHelp(policy);
    this.#now = now;
  }

  /** Those who would have been asked most first. */
  get asked(): readonly AskedPerson[] {
    return [...this.#asked.values()].sort((a, b) => b.most - a.most);
  }

  /** Counts what lands together. */
  add(landing: readonly ReplayedCommit[]): void {
    const lacks = new Map<string, Lack>();
    for (const commit of landing) this.#addLacks(commit, lacks);
    const shares = new Map<Person, number>();
    for (const { able, people } of lacks.values()) {
      this.count += people;
      for (const person of able) shares.set(person, (shares.get(person) ?? 0) + people / able.size);
    }
    for (const [person, share] of shares) {
      const asked = this.#asked.get(person) ?? { person, most: 0, shared: 0 };
      asked.most += 1;
      asked.shared += Math.min(1, share);
      this.#asked.set(person, asked);
    }
  }

  #addLacks({ verdict, ...work }: ReplayedCommit, lacks: Map<string, Lack>): void {
    for (const { requirement, met, by } of verdict.requirements) {
      if (met) continue;
      const key = nameNeeds(requirement);
      const lack = lacks.get(key) ?? { able: new Set(), people: 0 };
      for (const person of this.#help.people(requirement, this.#now, work, by)) lack.able.add(person);
      lack.people = Math.max(lack.people, requirement.count - by.length);
      lacks.set(key, lack);
    }
  }
}
