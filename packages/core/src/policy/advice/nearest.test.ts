import { expect, it } from "vitest";
import { nearest } from "./nearest.ts";

it.each([
  ["mian", "main"],
  ["mainn", "main"],
  ["man", "main"],
  ["releas/1", "release/1"],
])("%s was probably meant to be %s", (text, meant) => {
  expect(nearest(text, ["topic", "main", "release/1", "x"])).toBe(meant);
});

it.each(["trunk", "", "m", "mainline", "x".repeat(300)])("%s is no misspelling of anything", (text) => {
  expect(nearest(text, ["topic", "main", "release/1", `${"x".repeat(299)}y`])).toBeUndefined();
});

it("is the one with the fewest edits", () => {
  expect(nearest("main", ["maid", "moan", "mains"])).toBe("maid");
  expect(nearest("mainz", ["maid", "main"])).toBe("main");
});
