import { expect, it } from "vitest";
import { encodeText } from "../bytes.ts";
import { parseTrailers } from "../trailer/parse.ts";
import { findNearMisses } from "./near-miss.ts";

it("ten near misses are pointed out and no more, however many there are", () => {
  const message = `S\n\n${"Co signed by: x\n".repeat(65_000)}`;
  expect(findNearMisses(message, parseTrailers(encodeText(message)))).toHaveLength(10);
});

it.each(["a", " ", "Co-", "c=", "\t", ":", "\u0430"])("a megabyte of %j is looked through in linear time", (unit) => {
  // Quadratic time on a megabyte would outlast the test, and nothing else is asked here.
  findNearMisses(unit.repeat(1_000_000 / unit.length), []);
});
