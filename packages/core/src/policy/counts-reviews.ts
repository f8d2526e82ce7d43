import type { Policy } from "./policy.ts";

/** Whether a policy has approvals count anywhere, so that a forge need be asked for them. */
export function countsReviews({ cosign, protect, rules }: Policy): boolean {
  // `policyChange` can only ask for more.
  return [cosign, ...[...protect, ...rules].map((part) => part.cosign)].some(
    ({ proof }) => proof === "declared" || proof === "reviewed",
  );
}
