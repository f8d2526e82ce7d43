import { expect, it } from "vitest";
import { wrapText } from "./wrap.ts";

it("breaks at blanks before the eightieth column and goes on below the first word", () => {
  const lines = wrapText("  why: ", "word ".repeat(30).trim());
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(lines.slice(1).every((line) => line.startsWith("       word"))).toBe(true);
  expect(lines.map((line) => line.trim()).join(" ")).toBe(`why: ${"word ".repeat(30).trim()}`);
});

it("leaves a short text on its line, and a long word whole", () => {
  expect(wrapText("- ", "short")).toEqual(["- short"]);
  expect(wrapText("", `a ${"x".repeat(100)} b`)).toEqual(["a", "x".repeat(100), "b"]);
});

it("lets no word that a CI system would run come to stand first", () => {
  const lines = wrapText("  ", `${"x".repeat(70)} ::set-output name=x::y ${"x".repeat(70)} ##vso[x]y`);
  expect(lines).toHaveLength(3 + 1);
  expect(lines.filter((line) => /^\s*(?:::|##)/.test(line))).toEqual([]);
  expect(lines[1]).toBe("  \\::set-output name=x::y");
});

it("keeps whole what is to be copied", () => {
  const command = "`countersign policy diff origin/main`";
  expect(wrapText("next: ", `${"x".repeat(60)} ${command}`)).toEqual([`next: ${"x".repeat(60)}`, `      ${command}`]);
});

it("uses all eighty columns", () => {
  expect(wrapText("", `${"x".repeat(39)} ${"y".repeat(40)}`)).toHaveLength(1);
  expect(wrapText("", `${"x".repeat(40)} ${"y".repeat(40)}`)).toHaveLength(2);
});
