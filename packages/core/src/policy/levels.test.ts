import { expect, it } from "vitest";
import { DEFAULT_LEVELS, leastRank, rankLevels, reachesLevel } from "./levels.ts";

const LEVELS = rankLevels(DEFAULT_LEVELS);

it("levels are ranked from the lowest, which is the first", () => {
  expect([...LEVELS]).toEqual([
    ["junior", 0],
    ["mid", 1],
    ["senior", 2],
    ["principal", 3],
  ]);
  expect(leastRank(LEVELS, "junior")).toBe(0);
});

it.each([
  ["senior", "senior", true],
  ["principal", "senior", true],
  ["mid", "senior", false],
  ["junior", "junior", true],
  ["chief", "junior", false],
  ["chief", "mid", false],
  ["principal", "chief", false],
  ["chief", "chief", false],
  ["toString", "junior", false],
])("%s reaches %s: %s", (level, least, expected) => {
  expect(reachesLevel(LEVELS, level, least)).toBe(expected);
});
