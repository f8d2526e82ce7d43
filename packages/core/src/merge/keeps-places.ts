import { Effort } from "../diff/effort.ts";
import { NOWHERE, placeLines } from "./place-lines.ts";

/** A file before and after a change. */
export interface TextChange {
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/**
 * Whether each line that comes or goes by a change that lands does so under the lines under which it was approved, and no
 * more often: so that nothing slips into another function of the same shape. A line whose lines above it change counts as
 * gone and come.
 */
export function keepsPlaces(approved: TextChange, landed: TextChange, effort = Effort.forOne()): boolean {
  const placed = placeLines([approved.before, approved.after, landed.before, landed.after], effort);
  if (!placed) return false;
  const [approvedBefore, approvedAfter, before, after] = placed.places;
  const allowed = countGrowth(approvedBefore, approvedAfter, placed.count);
  return countGrowth(before, after, placed.count).every((growth, place) => {
    const most = allowed[place] as number;
    return growth >= Math.min(most, 0) && growth <= Math.max(most, 0);
  });
}

/** For each place how often more it is taken after than before. */
export function countGrowth(before: Int32Array, after: Int32Array, count: number): Int32Array {
  const growth = new Int32Array(count);
  for (const place of before) if (place !== NOWHERE) growth[place] = (growth[place] as number) - 1;
  for (const place of after) if (place !== NOWHERE) growth[place] = (growth[place] as number) + 1;
  return growth;
}
