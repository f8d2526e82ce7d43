import type { Hunk } from "../diff/hunk.ts";

/** A number of lines of a text. */
interface Span {
  readonly from: number;
  readonly count: number;
}

/** A part of a merged text that one of the sides changed: where it is in each of them, and who changed it. */
export interface Region {
  readonly ours: Span;
  readonly theirs: Span;
  readonly by: "ours" | "theirs" | "both";
}

/** The hunks of one side, and how many lines it has more than the base. */
export interface SideHunks {
  readonly hunks: readonly Hunk[];
  readonly growth: number;
}

/**
 * Puts the changes of two sides side by side, in order. Hunks that overlap or touch are one region that both changed,
 * but for a change that both made alike, which `isAlike` knows.
 */
export function findRegions(
  ours: SideHunks,
  theirs: SideHunks,
  isAlike: (our: Hunk, their: Hunk) => boolean,
): readonly Region[] {
  const regions: Region[] = [];
  let [o, t] = [0, 0];
  while (o < ours.hunks.length || t < theirs.hunks.length) {
    const our = ours.hunks[o];
    const their = theirs.hunks[t];
    if (our && (!their || endOf(our) < their.from)) {
      const from = our.from + (their ? their.to - their.from : theirs.growth);
      append(regions, { ours: newLines(our), theirs: { from, count: our.removed }, by: "ours" });
      o += 1;
    } else if (their && (!our || endOf(their) < our.from)) {
      const from = their.from + (our ? our.to - our.from : ours.growth);
      append(regions, { ours: { from, count: their.removed }, theirs: newLines(their), by: "theirs" });
      t += 1;
    } else if (our && their) {
      if (!isAlike(our, their)) append(regions, overlap(our, their));
      // A hunk that reaches farther may overlap the other side's next one too.
      if (endOf(our) >= endOf(their)) t += 1;
      if (endOf(their) >= endOf(our)) o += 1;
    }
  }
  return regions;
}

/** Where a hunk ends in the base. */
function endOf({ from, removed }: Hunk): number {
  return from + removed;
}

function newLines({ to, added }: Hunk): Span {
  return { from: to, count: added };
}

/** What both sides have of the part of the base that either hunk covers. */
function overlap(our: Hunk, their: Hunk): Region {
  const from = Math.min(our.from, their.from);
  const end = Math.max(endOf(our), endOf(their));
  const spanOf = (hunk: Hunk): Span => {
    const start = hunk.to - (hunk.from - from);
    return { from: start, count: hunk.to + hunk.added + (end - endOf(hunk)) - start };
  };
  return { ours: spanOf(our), theirs: spanOf(their), by: "both" };
}

/** Regions that touch in the text of either side become one. */
function append(regions: Region[], region: Region): void {
  const last = regions.at(-1);
  const touches = last && (touch(last.ours, region.ours) || touch(last.theirs, region.theirs));
  if (!touches) regions.push(region);
  else {
    regions[regions.length - 1] = {
      ours: { from: last.ours.from, count: region.ours.from + region.ours.count - last.ours.from },
      theirs: { from: last.theirs.from, count: region.theirs.from + region.theirs.count - last.theirs.from },
      by: last.by === region.by ? last.by : "both",
    };
  }
}

function touch(above: Span, below: Span): boolean {
  return below.from <= above.from + above.count;
}
