import { expect, it } from "vitest";
import { countsReviews } from "./counts-reviews.ts";
import type { Policy } from "./policy.ts";
import type { RequirementOverride } from "./requirement.ts";

/** A policy that asks for signatures, but for what is given. */
function policy(parts: {
  cosign?: RequirementOverride;
  protect?: RequirementOverride;
  rule?: RequirementOverride;
}): Policy {
  return {
    cosign: { proof: "signed", ...parts.cosign },
    protect: [{ cosign: {} }, { cosign: parts.protect ?? {} }],
    rules: [{ cosign: { proof: "hardware" } }, { cosign: parts.rule ?? {} }],
  } as unknown as Policy;
}

it.each(["cosign", "protect", "rule"])("reviews count where %s lets them", (part) => {
  expect(countsReviews(policy({ [part]: { proof: "reviewed" } }))).toBe(true);
  expect(countsReviews(policy({ [part]: { proof: "declared" } }))).toBe(true);
  expect(countsReviews(policy({ [part]: { proof: "signed" } }))).toBe(false);
});
