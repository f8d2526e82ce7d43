import { asciiLowerCase } from "../bytes.ts";
import { fingerprint } from "../ssh/fingerprint.ts";
import { AccountMap, accountsOfNoreply } from "./accounts.ts";
import { reachesLevel } from "./levels.ts";
import type { Person, PersonKey, Policy } from "./policy.ts";
import type { Requirement } from "./requirement.ts";

/** The person with this address: compared whole, without regard to ASCII case, never by name. */
export function findPersonByEmail(policy: Policy, email: string): Person | undefined {
  return policy.peopleByEmail.get(asciiLowerCase(email));
}

/**
 * The rank of the person with this address, or with the account for which a forge gave it; undefined, below every level,
 * for anyone who is not on the roster.
 */
export function findAuthorLevel(policy: Policy, email: string): number | undefined {
  const person = findPersonByEmail(policy, email) ?? findAccountOwner(policy, email);
  return person === undefined ? undefined : policy.levels.get(person.level);
}

/** Kept, as commits may have very many authors. */
const owners = new WeakMap<Policy, AccountMap<Person>>();

function findAccountOwner(policy: Policy, email: string): Person | undefined {
  const accounts = accountsOfNoreply(email);
  if (accounts.length === 0) return undefined;
  const known = owners.get(policy) ?? new AccountMap();
  if (!owners.has(policy)) {
    for (const person of policy.people) for (const account of person.accounts) known.set(account, person);
    owners.set(policy, known);
  }
  return accounts.map((account) => known.get(account)).find((owner) => owner !== undefined);
}

/** Whether a key proves anything now. */
export type KeyState = "valid" | "not valid yet" | "expired" | "revoked";

/** The state of a roster key at a time, in seconds since 1970. Revoking ends a key for every date. */
export function keyState(policy: Policy, key: PersonKey, now: number): KeyState {
  return isRevoked(policy, key) ? "revoked" : validity(key, now);
}

function isRevoked({ revoked }: Policy, key: PersonKey): boolean {
  return revoked.has(key.text) || revoked.has(fingerprint(key));
}

function validity({ validFrom, validUntil }: PersonKey, now: number): Exclude<KeyState, "revoked"> {
  if (validFrom !== undefined && now < validFrom) return "not valid yet";
  return validUntil !== undefined && now >= validUntil ? "expired" : "valid";
}

/** The people whose co-sign can meet a requirement at a time, in seconds since 1970, leaving aside whose work it is. */
export function findAblePeople(policy: Policy, needs: Requirement, now: number): readonly Person[] {
  return findAbleWhen(policy, needs)(now);
}

/** The same people at any time. */
export type AbleWhen = (now: number) => readonly Person[];

/** The same for many times: what does not depend on the time is found out once. */
export function findAbleWhen(policy: Policy, { level: asked, proof }: Pick<Requirement, "level" | "proof">): AbleWhen {
  const people = policy.people.filter(({ level }) => reachesLevel(policy.levels, level, asked));
  if (proof === "declared") return () => people;
  // A signature does as well.
  if (proof === "reviewed") {
    const signing = findAbleWhen(policy, { level: asked, proof: "signed" });
    return (now) => {
      const able = new Set(signing(now));
      return people.filter((person) => person.accounts.length > 0 || able.has(person));
    };
  }
  const isFit = (key: PersonKey): boolean => !isRevoked(policy, key) && (proof === "signed" || requiresTouch(key));
  const fit = people.map((person) => ({ person, keys: person.keys.filter(isFit) }));
  return (now) =>
    fit.filter(({ keys }) => keys.some((key) => validity(key, now) === "valid")).map(({ person }) => person);
}

/** Whether the key lives in a device that can ask for a touch. */
export function requiresTouch({ type }: PersonKey): boolean {
  return type.startsWith("sk-");
}
