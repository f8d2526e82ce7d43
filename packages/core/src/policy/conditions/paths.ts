import { covers } from "../glob/cover.ts";
import { compileGlob, type Glob } from "../glob/glob.ts";
import type { Condition } from "./condition.ts";

export const paths: Condition<readonly string[], readonly Glob[]> = {
  description: "Applies to changed paths that match one of these patterns.",
  field: ({ listOf, PathPattern }) => listOf(PathPattern, "a path"),
  normalise: (patterns) => patterns.map(compileGlob),
  holds: (globs, { changes }) => changes.some(({ path }) => matchesOne(globs, path)),
  takesPath: matchesOne,
  narrows: (globs, wider) => globs.every(({ pattern }) => wider.some((outer) => covers(outer.pattern, pattern))),
};

function matchesOne(globs: readonly Glob[], path: Uint8Array): boolean {
  for (const glob of globs) if (glob.matches(path)) return true;
  return false;
}
