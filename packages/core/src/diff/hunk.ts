import { type ChangedLines, findChangedLines } from "./changed-lines.ts";
import type { Effort } from "./effort.ts";
import type { Lines } from "./numbered-lines.ts";
import { slideGroups } from "./slide-groups.ts";

/** Lines that go and lines that come in their place, of which one can be none. Lines are counted from 0. */
export interface Hunk {
  /** In the text before: the first line that goes, or the line before which others come. */
  readonly from: number;
  readonly removed: number;
  /** In the text after: the first line that comes, or the line before which others were. */
  readonly to: number;
  readonly added: number;
}

/** The hunks of `git diff --no-indent-heuristic`, in order; undefined if finding them is too much work. */
export function findHunks(before: Lines, after: Lines, kinds: number, effort: Effort): readonly Hunk[] | undefined {
  const changed = findChangedLines(before.numbers, after.numbers, kinds, effort);
  if (!changed) return undefined;
  slideGroups(before.numbers, changed.removed, changed.added, effort);
  slideGroups(after.numbers, changed.added, changed.removed, effort);
  return effort.isExhausted ? undefined : readHunks(changed);
}

function readHunks({ removed, added }: ChangedLines): readonly Hunk[] {
  const hunks: Hunk[] = [];
  let from = 0;
  let to = 0;
  while (from < removed.length) {
    const goes = countChanged(removed, from);
    const comes = countChanged(added, to);
    if (goes + comes > 0) hunks.push({ from, removed: goes, to, added: comes });
    // Behind each hunk stands a line that both have.
    from += goes + 1;
    to += comes + 1;
  }
  return hunks;
}

function countChanged(changed: Uint8Array, from: number): number {
  let end = from;
  while (changed[end] === 1) end += 1;
  return end - from;
}
