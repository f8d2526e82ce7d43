import { expect, it } from "vitest";
import { encodeText } from "../../bytes.ts";
import { compileGlob } from "./glob.ts";

it.each([
  ["stars", `${"*a".repeat(64)}*b`, "a".repeat(255)],
  ["stars with a fitting end", `${"*a".repeat(64)}x*b`, `${"a".repeat(254)}b`],
  ["double stars", `${"**/*a/".repeat(64)}b`, `${"a/".repeat(127)}c`],
  ["both", `${"**/*a*a*/".repeat(20)}[b]`, `${"aaaa/".repeat(51)}c`],
])("a pattern with many %s is matched without going back", (_name, pattern, text) => {
  const glob = compileGlob(pattern);
  const name = encodeText(text);
  // By backtracking even one of these would outlast the test.
  for (let time = 0; time < 1000; time += 1) expect(glob.matches(name)).toBe(false);
});
