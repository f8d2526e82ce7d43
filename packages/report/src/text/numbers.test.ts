import { expect, it } from "vitest";
import { countOf, formatShare, formatSpan } from "./numbers.ts";

it.each<[part: number, whole: number, text: string]>([
  [0, 10, "0%"],
  [1, 1000, "<1%"],
  [999, 1000, ">99%"],
  [1000, 1000, "100%"],
  [1, 3, "33%"],
  [0, 0, "–"],
])("%i of %i is %s", (part, whole, text) => {
  expect(formatShare(part, whole)).toBe(text);
});

it.each<[seconds: number, text: string]>([
  [0, "0 seconds"],
  [1, "1 second"],
  [90, "2 minutes"],
  [3600, "1 hour"],
  [86_399, "24 hours"],
  [86_400 * 3, "3 days"],
  [86_400 * 59, "59 days"],
  [86_400 * 70, "2 months"],
  [86_400 * 3146, "9 years"],
])("%i seconds are %s", (seconds, text) => {
  expect(formatSpan(seconds)).toBe(text);
});

it("a number is written with its thousands, and a noun with its number", () => {
  expect([countOf(1, "landing"), countOf(1204, "landing"), countOf(2, "is", "are")]).toEqual([
    "1 landing",
    "1,204 landings",
    "2 are",
  ]);
});
