import { asciiLowerCase } from "../bytes.ts";
import { fingerprint } from "../ssh/fingerprint.ts";
import type { Person, PersonKey, Policy } from "./policy.ts";
import type { Requirement } from "./requirement.ts";

/** The person with this address: compared whole, without regard to ASCII case, never by name. */
export function findPersonByEmail(policy: Policy, email: string): Person | undefined {
  return policy.peopleByEmail.get(asciiLowerCase(email));
}

/** The rank of the person with this address; undefined, below every level, for anyone who is not on the roster. */
export function findAuthorLevel(policy: Policy, email: string): number | undefined {
  const person = findPersonByEmail(policy, email);
  return person === undefined ? undefined : policy.levels.get(person.level);
}

/** Whether a key proves anything now. */
export type KeyState = "valid" | "not valid yet" | "expired" | "revoked";

/** The state of a roster key at a time, in seconds since 1970. Revoking ends a key for every date. */
export function keyState(policy: Policy, key: PersonKey, now: number): KeyState {
  if (policy.revoked.has(key.text) || policy.revoked.has(fingerprint(key))) return "revoked";
  if (key.validFrom !== undefined && now < key.validFrom) return "not valid yet";
  return key.validUntil !== undefined && now >= key.validUntil ? "expired" : "valid";
}

/** The people whose co-sign can meet a requirement at a time, in seconds since 1970, leaving aside whose work it is. */
export function findAblePeople(policy: Policy, needs: Requirement, now: number): readonly Person[] {
  const least = policy.levels.get(needs.level) ?? Number.POSITIVE_INFINITY;
  return policy.people.filter(({ level, keys }) => {
    if ((policy.levels.get(level) ?? -1) < least) return false;
    if (needs.proof === "declared") return true;
    return keys.some(
      (key) => keyState(policy, key, now) === "valid" && (needs.proof === "signed" || requiresTouch(key)),
    );
  });
}

/** Whether the key lives in a device that can ask for a touch. */
export function requiresTouch({ type }: PersonKey): boolean {
  return type.startsWith("sk-");
}
