import type { AblePeople } from "../../messages/phrases.ts";
import type { Person, Policy } from "../../policy/policy.ts";
import type { Requirement } from "../../policy/requirement.ts";
import { findAblePeople } from "../../policy/roster.ts";
import type { AuthorAddresses } from "../../provenance/authors.ts";
import { findBar } from "./assess.ts";
import type { Cosigner } from "./verdict.ts";

/** So many are named; a list of all would hide what to do. */
const NAMED = 3;

/** Knows who could give a co-sign that is missing. The roster is gone through once for each kind of requirement. */
export class RosterHelp {
  readonly #policy: Policy;
  readonly #known = new Map<string, readonly Person[]>();

  constructor(policy: Policy) {
    this.#policy = policy;
  }

  /** Those whose co-sign would count, but for the people who have given theirs. */
  find(needs: Requirement, now: number, authors: AuthorAddresses, given: readonly Cosigner[]): AblePeople {
    const isOut = (person: Person): boolean =>
      findBar(this.#policy, needs, person, authors) !== undefined ||
      given.some(({ email }) => person.emails.includes(email));
    const names: string[] = [];
    let others = 0;
    for (const person of this.#able(needs, now)) {
      if (isOut(person)) continue;
      if (names.length < NAMED) names.push(person.name);
      else others += 1;
    }
    return { names, others };
  }

  #able(needs: Requirement, now: number): readonly Person[] {
    const key = `${needs.level} ${needs.proof} ${now}`;
    const able = this.#known.get(key) ?? findAblePeople(this.#policy, needs, now);
    this.#known.set(key, able);
    return able;
  }
}
