// Times are in seconds since 1970, and shown in UTC.

/** A time as signatures have it: `2026-11-23T10:00:00Z`. */
export function formatTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}

/** The day alone. */
export function formatDay(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

/**
 * A time that a caller may leave out for that of the clock.
 * @throws TypeError for what is not a number: every comparison with it is false, so that an old signature would count.
 */
export function timeOrNow(now: number | undefined): number {
  if (now === undefined) return Math.floor(Date.now() / 1000);
  if (Number.isFinite(now)) return now;
  throw new TypeError(
    `now must be a number of seconds since 1970, or left out for the time of the clock; it is ${now}`,
  );
}
