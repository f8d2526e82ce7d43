import type { Tally } from "@countersign/core/internal";

const WEEK = 7 * 24 * 60 * 60;

/** `42.8 %`; empty where there is nothing to be a part of. */
export function formatShare(part: number, whole: number): string {
  return whole === 0 ? "" : `${((100 * part) / whole).toFixed(1)} %`;
}

/** How many that is in a week of the time that was replayed; undefined for less than one week, which tells nothing. */
export function perWeek(number: number, { first, last }: Tally): number | undefined {
  const weeks = (last - first) / WEEK;
  return weeks >= 1 ? number / weeks : undefined;
}
