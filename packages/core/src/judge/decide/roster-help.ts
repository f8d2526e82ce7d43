import type { WorkOf } from "../../cosign/authors.ts";
import type { AblePeople } from "../../messages/phrases.ts";
import type { Person, Policy } from "../../policy/policy.ts";
import type { Requirement } from "../../policy/requirement.ts";
import { type AbleWhen, findAbleWhen } from "../../policy/roster.ts";
import { foreseeBar } from "./assess.ts";
import type { Cosigner } from "./verdict.ts";

/** How many are named; a list of all would hide what to do. */
const NAMED = 3;

/** Knows who could give a co-sign that is missing. The roster is gone through once for each kind of requirement. */
export class RosterHelp {
  readonly #policy: Policy;
  readonly #known = new Map<string, AbleWhen>();

  constructor(policy: Policy) {
    this.#policy = policy;
  }

  /** Those whose co-sign would count at a time, except for the people who have given theirs. */
  *people(needs: Requirement, now: number, work: WorkOf, given: readonly Cosigner[] = []): Generator<Person> {
    const gave = new Set(given.map(({ email }) => email));
    for (const person of this.#able(needs)(now)) {
      if (person.emails.some((email) => gave.has(email))) continue;
      if (!foreseeBar(this.#policy, needs, person, work)) yield person;
    }
  }

  /** The same by name, as a message says it. */
  name(needs: Requirement, now: number, work: WorkOf, given: readonly Cosigner[]): AblePeople {
    const names = [...this.people(needs, now, work, given)].map(({ name }) => name);
    const able = { names: names.slice(0, NAMED), others: Math.max(0, names.length - NAMED) };
    return needs.proof === "reviewed" ? { ...able, byReview: true } : able;
  }

  #able(needs: Requirement): AbleWhen {
    const key = `${needs.level} ${needs.proof}`;
    const able = this.#known.get(key) ?? findAbleWhen(this.#policy, needs);
    this.#known.set(key, able);
    return able;
  }
}
