import { keyState } from "./key-state.ts";
import type { Person, PersonKey, Policy, Requirement } from "./policy.ts";

/** The people whose co-sign can meet a requirement at a time, in seconds since 1970, leaving aside whose work it is. */
export function findAblePeople(policy: Policy, needs: Requirement, now: number): readonly Person[] {
  const least = policy.levels.get(needs.level) ?? Number.POSITIVE_INFINITY;
  return policy.people.filter(({ level, keys }) => {
    if ((policy.levels.get(level) ?? -1) < least) return false;
    if (needs.proof === "declared") return true;
    return keys.some((key) => keyState(policy, key, now) === "valid" && (needs.proof === "signed" || wantsTouch(key)));
  });
}

/** Whether the key lives in a device that can ask for a touch. */
export function wantsTouch({ type }: PersonKey): boolean {
  return type.startsWith("sk-");
}
