import { encodeText, joinBytes } from "../../bytes.ts";
import type { Change } from "../../object/change.ts";
import { GITLINK, LINK } from "../../object/mode.ts";
import { covers } from "../glob/cover.ts";
import { compileGlob, type Glob } from "../glob/glob.ts";
import type { Condition } from "./condition.ts";

export const paths: Condition<readonly string[], readonly Glob[]> = {
  description: "Applies to changed paths that match one of these patterns.",
  field: ({ listOf, PathPattern }) => listOf(PathPattern, "a path"),
  normalise: (patterns) => patterns.map(compileGlob),
  holds: (globs, { changes }) => changes.some((change) => matchesOne(globs, change)),
  takesPath: matchesOne,
  narrows: (globs, wider) => globs.every(({ pattern }) => wider.some((outer) => covers(outer.pattern, pattern))),
};

function matchesOne(globs: readonly Glob[], { path, oldMode, newMode }: Change): boolean {
  for (const glob of globs) if (glob.matches(path)) return true;
  // A link or a submodule stands for a folder: `infra/**` is meant of `infra` too, wherever that leads.
  if (!isDoor(oldMode) && !isDoor(newMode)) return false;
  const folder = joinBytes([path, SLASH]);
  return globs.some((glob) => glob.matches(folder));
}

const SLASH = encodeText("/");

function isDoor(mode: string): boolean {
  return mode === LINK || mode === GITLINK;
}
