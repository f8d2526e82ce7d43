/**
 * A time of a forge in seconds since 1970; not a number where there is none. Parts of a second are cut off, so that what
 * happened in the same second is not later.
 */
export function seconds(time: string | null | undefined): number {
  return Math.floor(Date.parse(time ?? "") / 1000);
}

/** The latest of some times; 0 where there are none. One that cannot be read may be later than all others. */
export function latest(times: readonly string[]): number {
  return Math.max(0, ...times.map(seconds).map((time) => (Number.isNaN(time) ? Number.POSITIVE_INFINITY : time)));
}
