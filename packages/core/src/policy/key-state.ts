import { fingerprint } from "../ssh/fingerprint.ts";
import type { PersonKey, Policy } from "./policy.ts";

/** Whether a key proves anything now. */
export type KeyState = "valid" | "not valid yet" | "expired" | "revoked";

/** The state of a roster key at a time, in seconds since 1970. Revoking ends a key for every date. */
export function keyState(policy: Policy, key: PersonKey, now: number): KeyState {
  if (policy.revoked.has(key.text) || policy.revoked.has(fingerprint(key))) return "revoked";
  if (key.validFrom !== undefined && now < key.validFrom) return "not valid yet";
  return key.validUntil !== undefined && now >= key.validUntil ? "expired" : "valid";
}
