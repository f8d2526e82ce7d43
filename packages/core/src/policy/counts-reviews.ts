import type { Policy } from "./policy.ts";

/** Whether a policy has approvals count anywhere, so that a forge need be asked for them. */
export function countsReviews({ cosign, protect, rules, policyChange }: Policy): boolean {
  const overrides = [policyChange, ...[...protect, ...rules].map((entry) => entry.cosign)];
  return [cosign.proof, ...overrides.map(({ proof }) => proof)].some(
    (proof) => proof === "declared" || proof === "reviewed",
  );
}
