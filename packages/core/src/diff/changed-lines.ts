import { prepareComparison, roughRoot } from "./comparable-lines.ts";
import type { Effort } from "./effort.ts";
import { type Box, PathFinder } from "./path-finder.ts";

/** For each line of two texts whether it changes: 1 where it is removed, or added. One entry more, which is 0. */
export interface ChangedLines {
  readonly removed: Uint8Array;
  readonly added: Uint8Array;
}

const LEAST_MOST_COST = 256;

/** Finds the lines that differ, as git's own comparison does; undefined if that is too much work. */
export function findChangedLines(
  before: Int32Array,
  after: Int32Array,
  kinds: number,
  effort: Effort,
): ChangedLines | undefined {
  const { before: a, after: b, removed, added } = prepareComparison(before, after, kinds);
  const mostCost = Math.max(roughRoot(a.numbers.length + b.numbers.length + 3), LEAST_MOST_COST);
  const finder = new PathFinder(a.numbers, b.numbers, mostCost, effort);
  // A stack of our own: a hostile text makes boxes within boxes deeper than calls may go.
  const open: Box[] = [{ fromA: 0, toA: a.numbers.length, fromB: 0, toB: b.numbers.length, exact: false }];
  for (let whole = open.pop(); whole; whole = open.pop()) {
    const box = withoutEqualEnds(whole, a.numbers, b.numbers);
    const { fromA, toA, fromB, toB } = box;
    if (fromA === toA || fromB === toB) {
      for (const place of a.places.subarray(fromA, toA)) removed[place] = 1;
      for (const place of b.places.subarray(fromB, toB)) added[place] = 1;
      continue;
    }
    const point = finder.split(box);
    if (!point) return undefined;
    open.push(
      { fromA, toA: point.a, fromB, toB: point.b, exact: point.exactBefore },
      { fromA: point.a, toA, fromB: point.b, toB, exact: point.exactAfter },
    );
  }
  return effort.isExhausted ? undefined : { removed, added };
}

function withoutEqualEnds(box: Box, a: Int32Array, b: Int32Array): Box {
  let { fromA, toA, fromB, toB } = box;
  while (fromA < toA && fromB < toB && a[fromA] === b[fromB]) {
    fromA += 1;
    fromB += 1;
  }
  while (fromA < toA && fromB < toB && a[toA - 1] === b[toB - 1]) {
    toA -= 1;
    toB -= 1;
  }
  return { ...box, fromA, toA, fromB, toB };
}
