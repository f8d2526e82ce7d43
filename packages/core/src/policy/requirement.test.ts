import { expect, it } from "vitest";
import { DEFAULT_REQUIREMENT, nameNeeds, type Requirement } from "./requirement.ts";

it("one senior's signature of the last 30 days is asked for where the policy says nothing", () => {
  expect(DEFAULT_REQUIREMENT).toEqual({
    count: 1,
    level: "senior",
    proof: "signed",
    maxAge: 2_592_000,
    coverage: "commit",
    reapply: "clean",
    self: false,
  });
});

it("people are asked for the same where count, level, proof and self are the same", () => {
  const name = nameNeeds(DEFAULT_REQUIREMENT);
  const alike: Requirement = { ...DEFAULT_REQUIREMENT, maxAge: 1, coverage: "merge", reapply: "never" };
  expect(nameNeeds(alike)).toBe(name);
  const others = [{ count: 2 }, { level: "mid" }, { proof: "hardware" as const }, { self: true }];
  expect(new Set(others.map((fields) => nameNeeds({ ...DEFAULT_REQUIREMENT, ...fields }))).add(name).size).toBe(5);
});
