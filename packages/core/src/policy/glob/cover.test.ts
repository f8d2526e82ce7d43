import { expect, it } from "vitest";
import { covers } from "./cover.ts";
import { compileGlob } from "./glob.ts";

it.each([
  ["**", "a/*.md"],
  ["main", "main"],
  ["release/*", "release/*"],
  ["release/*", "release/2"],
  ["release/**", "release/2/1"],
  ["release/**", "release/*/1"],
  ["src/**", "src/**/*.ts"],
  ["**/*.md", "*.md"],
  ["**/*.md", "docs/*.md"],
  ["**/*.md", "docs/**/*.md"],
  ["**/[ab]", "[ab]"],
  ["**/a/*", "x*/a/*"],
])("%s takes all that %s takes", (outer, inner) => {
  expect(covers(outer, inner)).toBe(true);
});

it.each([
  ["release/*", "release/2/1"],
  ["release/*", "release/**"],
  ["release/2", "release/*"],
  ["main", "**"],
  ["src/**", "src"],
  ["src/**", "srcs/**"],
  ["s*/**", "src/**"],
  ["**/*.md", "docs/**"],
  ["**/a/b", "x/b"],
  ["main", "ma*"],
  ["[a/**", "[a/]x*"],
  ["**/b]", "a[/b]"],
  ["**/a*", "xa*"],
  ["*/*.md", "docs/**/*.md"],
  ["a", "b*"],
])("%s is not told to take all that %s takes", (outer, inner) => {
  expect(covers(outer, inner)).toBe(false);
});

it("is never told where a name of the inner pattern is outside of the other", () => {
  const patterns = [
    "**",
    "*",
    "a",
    "a/*",
    "a/**",
    "*/b",
    "**/b",
    "a/**/b",
    "?/b",
    "**/*.md",
    "a/*.md",
    "[ab]/b",
    "a\\*",
  ];
  const names = ["a", "b", "a/b", "a/x/b", "b/b", "c.md", "a/c.md", "a/b/c.md", "a*", "x/y"];
  for (const outer of patterns) {
    for (const inner of patterns.filter((pattern) => covers(outer, pattern))) {
      const outside = names.filter((name) => compileGlob(inner).matches(name) && !compileGlob(outer).matches(name));
      expect({ outer, inner, outside }).toEqual({ outer, inner, outside: [] });
    }
  }
});
