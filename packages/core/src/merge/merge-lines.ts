import { joinBytes } from "../bytes.ts";
import { Effort } from "../diff/effort.ts";
import { findHunks, type Hunk } from "../diff/hunk.ts";
import { type Lines, numberLines } from "../diff/numbered-lines.ts";
import { type NoText, whyNoText } from "../diff/text.ts";
import { findRegions, type Region } from "./merge-regions.ts";

/** A merged file, or why there is none. */
export type LineMerge =
  | { readonly clean: true; readonly bytes: Uint8Array }
  | { readonly clean: false; readonly why: "conflict" | NoText };

/**
 * The three-way merge of `git merge-file` with its default settings: what this merges cleanly, git merges cleanly and to
 * the same bytes.
 */
export function mergeLines(
  base: Uint8Array,
  ours: Uint8Array,
  theirs: Uint8Array,
  effort = Effort.forOne(),
): LineMerge {
  const why = whyNoText(base) ?? whyNoText(ours) ?? whyNoText(theirs);
  if (why) return { clean: false, why };
  const numbered = numberLines([base, ours, theirs], effort);
  if (!numbered) return { clean: false, why: "too large" };
  const [old, our, their] = numbered.texts;
  const ourHunks = findHunks(old, our, numbered.kinds, effort);
  const theirHunks = ourHunks && findHunks(old, their, numbered.kinds, effort);
  if (!theirHunks) return { clean: false, why: "too large" };
  const regions = findRegions(
    { hunks: ourHunks, growth: our.numbers.length - old.numbers.length },
    { hunks: theirHunks, growth: their.numbers.length - old.numbers.length },
    (a, b) => isAlike(a, b, our, their),
  );
  if (!regions.every((region) => isSettled(region, our, their))) return { clean: false, why: "conflict" };
  return { clean: true, bytes: joinBytes([...pieces(regions, our, their)]) };
}

/** Whether both sides put the same lines in the place of the same lines. */
function isAlike(our: Hunk, their: Hunk, ours: Lines, theirs: Lines): boolean {
  return (
    our.from === their.from &&
    our.removed === their.removed &&
    our.added === their.added &&
    haveSameLines(ours, our.to, theirs, their.to, our.added)
  );
}

/** What both changed is not a conflict where both have the same lines there now; git does not look where a side has none. */
function isSettled({ by, ours: { from, count }, theirs }: Region, our: Lines, their: Lines): boolean {
  if (by !== "both") return true;
  return count > 0 && count === theirs.count && haveSameLines(our, from, their, theirs.from, count);
}

function haveSameLines(a: Lines, fromA: number, b: Lines, fromB: number, count: number): boolean {
  for (let line = 0; line < count; line += 1) if (a.numbers[fromA + line] !== b.numbers[fromB + line]) return false;
  return true;
}

/** Our text, with theirs where they alone changed something. */
function* pieces(regions: readonly Region[], our: Lines, their: Lines): Generator<Uint8Array> {
  let line = 0;
  for (const { by, ours, theirs } of regions) {
    if (by !== "theirs") continue;
    yield linesOf(our, line, ours.from);
    yield linesOf(their, theirs.from, theirs.from + theirs.count);
    line = ours.from + ours.count;
  }
  yield linesOf(our, line, our.numbers.length);
}

function linesOf({ bytes, starts }: Lines, from: number, to: number): Uint8Array {
  return bytes.subarray(starts[from], starts[to]);
}
