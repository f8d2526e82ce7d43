import { Effort } from "./effort.ts";
import { findHunks, type Hunk } from "./hunk.ts";
import { numberLines } from "./numbered-lines.ts";
import { type NoText, whyNoText } from "./text.ts";

/** How two texts differ, or why that was not found out. */
export type LineDiff = { readonly hunks: readonly Hunk[] } | { readonly hunks?: never; readonly why: NoText };

/** Compares two files line by line, with the answer of `git diff --diff-algorithm=myers --no-indent-heuristic`. */
export function diffLines(before: Uint8Array, after: Uint8Array, effort = Effort.forOne()): LineDiff {
  const why = whyNoText(before) ?? whyNoText(after);
  if (why) return { why };
  const numbered = numberLines([before, after], effort);
  const hunks = numbered && findHunks(...numbered.texts, numbered.kinds, effort);
  return hunks ? { hunks } : { why: "too large" };
}
