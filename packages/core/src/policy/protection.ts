import type { Policy, Protection } from "./policy.ts";

/** The entry that governs a branch, by its short name: the first one that matches. */
export function findProtection(policy: Policy, branch: string): Protection | undefined {
  return policy.protect.find(({ branches }) => branches.some((glob) => glob.matches(branch)));
}
