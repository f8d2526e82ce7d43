import { expect, it } from "vitest";
import { findSimilar } from "./similar.ts";

it.each([
  ["mian", "main"],
  ["mainn", "main"],
  ["man", "main"],
  ["MAIN", "main"],
  ["releas/1", "release/1"],
  ["cosing_misin", "COSIGN_MISSING"],
])("%s was probably meant to be %s", (written, meant) => {
  expect(findSimilar(written, ["topic", "main", "release/1", "x", "COSIGN_MISSING"])).toBe(meant);
});

it.each(["trunk", "", "m", "mainline", "HEAD_TO_HEAD", "x".repeat(300)])(
  "%s is no misspelling of anything",
  (written) => {
    expect(
      findSimilar(written, ["topic", "main", "release/1", "COSIGN_MISSING", `${"x".repeat(299)}y`]),
    ).toBeUndefined();
  },
);

it("is the one with the fewest edits", () => {
  expect(findSimilar("main", ["maid", "moan", "mains"])).toBe("maid");
  expect(findSimilar("mainz", ["maid", "main"])).toBe("main");
});
