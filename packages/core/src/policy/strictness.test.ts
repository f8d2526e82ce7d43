import { describe, expect, it } from "vitest";
import { rankLevels } from "./levels.ts";
import { DEFAULT_REQUIREMENT, type Requirement } from "./requirement.ts";
import { loweredFields, tighten } from "./strictness.ts";

const LEVELS = rankLevels(["junior", "senior", "principal"]);

describe.each<[field: keyof Requirement, looser: Partial<Requirement>, stricter: Partial<Requirement>]>([
  ["count", { count: 1 }, { count: 2 }],
  ["level", { level: "junior" }, { level: "senior" }],
  ["proof", { proof: "declared" }, { proof: "reviewed" }],
  ["proof", { proof: "reviewed" }, { proof: "signed" }],
  ["proof", { proof: "signed" }, { proof: "hardware" }],
  ["maxAge", { maxAge: 200 }, { maxAge: 100 }],
  ["coverage", { coverage: "merge" }, { coverage: "commit" }],
  ["reapply", { reapply: "clean" }, { reapply: "never" }],
  ["self", { self: true }, { self: false }],
])("of two values of %s", (field, looser, stricter) => {
  const base = { ...DEFAULT_REQUIREMENT, level: "junior" };

  it("the stricter one is kept, whichever comes first", () => {
    expect(tighten({ ...base, ...looser }, stricter, LEVELS)).toEqual({ ...base, ...stricter });
    expect(tighten({ ...base, ...stricter }, looser, LEVELS)).toEqual({ ...base, ...stricter });
  });

  it("the looser one asks for less, and an equal one does not", () => {
    expect(loweredFields(looser, stricter, LEVELS)).toEqual([field]);
    expect(loweredFields(stricter, looser, LEVELS)).toEqual([]);
    expect(loweredFields(stricter, stricter, LEVELS)).toEqual([]);
  });
});

it("a field that either side lacks, or a level that nobody knows, is not compared", () => {
  expect(loweredFields({ count: 0 }, {}, LEVELS)).toEqual([]);
  expect(loweredFields({}, { count: 2 }, LEVELS)).toEqual([]);
  expect(loweredFields({ level: "chief" }, { level: "senior" }, LEVELS)).toEqual([]);
  expect(tighten({ ...DEFAULT_REQUIREMENT }, { level: "chief" }, LEVELS)).toEqual(DEFAULT_REQUIREMENT);
});
