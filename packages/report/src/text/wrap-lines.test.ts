import { expect, it } from "vitest";
import { wrapLines } from "./wrap-lines.ts";

const WIDTH = 72;

it("breaks a line at blanks before column 73, and goes on under it", () => {
  expect(wrapLines([`  why: ${"word ".repeat(20).trim()}`], WIDTH)).toEqual([
    `  why: ${"word ".repeat(13).trim()}`,
    `    ${"word ".repeat(7).trim()}`,
  ]);
});

it("keeps whole what is to be copied, and a word that is longer than a line", () => {
  const command = "`git config countersign.timeout 600`";
  const lines = wrapLines([`fix: ${"x".repeat(50)} ${command}; then`, "a".repeat(100)], WIDTH);
  expect(lines).toEqual([`fix: ${"x".repeat(50)}`, `  ${command}; then`, "a".repeat(100)]);
});

it("goes on below the last column of a table", () => {
  const reason = "it works in a cloud of its own, has no hooks, and its commits name it";
  expect(wrapLines([`devin  -  no  ${reason}`], WIDTH)).toEqual([
    "devin  -  no  it works in a cloud of its own, has no hooks, and its",
    "              commits name it",
  ]);
  const path = `a/${"b/".repeat(35)}c`;
  expect(wrapLines([`devin  -  no  ${path}`], WIDTH)).toEqual(["devin  -  no", `  ${path}`]);
});

it("breaks coloured text where it breaks plain text", () => {
  const colour = (text: string) => text.replaceAll("word", "\u{1b}[1m\u{1b}[31mword\u{1b}[39m\u{1b}[22m");
  const line = `why: ${"word ".repeat(20).trim()}`;
  expect(wrapLines([colour(line)], WIDTH)).toEqual(wrapLines([line], WIDTH).map(colour));
});

it("leaves alone what fits, empty lines and a single backquote included", () => {
  expect(wrapLines(["", "a `b c"], WIDTH)).toEqual(["", "a `b c"]);
  expect(
    wrapLines([`a \`b ${"c ".repeat(60)}`], WIDTH)
      .join(" ")
      .replaceAll(/ +/g, " "),
  ).toBe(`a \`b ${"c ".repeat(60).trim()}`);
});
