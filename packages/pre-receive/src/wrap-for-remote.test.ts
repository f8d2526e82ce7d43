import { expect, it } from "vitest";
import { wrapForRemote } from "./wrap-for-remote.ts";

it("breaks a line at blanks before column 73, and goes on under it", () => {
  expect(wrapForRemote([`  why: ${"word ".repeat(20).trim()}`])).toEqual([
    `  why: ${"word ".repeat(13).trim()}`,
    `    ${"word ".repeat(7).trim()}`,
  ]);
});

it("keeps whole what is to be copied, and a word that is longer than a line", () => {
  const command = "`git config countersign.timeout 600`";
  const lines = wrapForRemote([`fix: ${"x".repeat(50)} ${command}; then`, "a".repeat(100)]);
  expect(lines).toEqual([`fix: ${"x".repeat(50)}`, `  ${command}; then`, "a".repeat(100)]);
});

it("leaves alone what fits, empty lines and a single backquote included", () => {
  expect(wrapForRemote(["", "a `b c"])).toEqual(["", "a `b c"]);
  expect(
    wrapForRemote([`a \`b ${"c ".repeat(60)}`])
      .join(" ")
      .replaceAll(/ +/g, " "),
  ).toBe(`a \`b ${"c ".repeat(60).trim()}`);
});
