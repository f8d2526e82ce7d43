import { normalisePolicy } from "./normalise.ts";
import type { Policy } from "./policy.ts";

/** The policy that says nothing but that a branch is protected: everything else is as it is by default. */
export function defaultPolicy(branch: string): Policy {
  // No character of a pattern can stand in a branch's name.
  return normalisePolicy({ version: 1, protect: [{ branches: [branch] }] });
}
