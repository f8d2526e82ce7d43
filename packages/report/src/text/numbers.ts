/** A number as people write it: `1,204`. */
export function formatCount(count: number): string {
  return count.toLocaleString("en");
}

/** A number of things: `1 landing`, `1,204 landings`. */
export function countOf(count: number, noun: string, several = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : several}`;
}

/** A part of a whole in percent. Only all is `100%`, and only nothing is `0%`. */
export function formatShare(part: number, whole: number): string {
  if (whole === 0) return "–";
  const percent = Math.round((part / whole) * 100);
  if (percent === 0 && part > 0) return "<1%";
  return percent === 100 && part < whole ? ">99%" : `${percent}%`;
}

const DAY = 86_400;

/** From how many seconds on a time is given in a unit, and how many that has: two months are, and one is told in days. */
const UNITS: readonly (readonly [from: number, seconds: number, noun: string])[] = [
  [730 * DAY, 365.25 * DAY, "year"],
  [60 * DAY, 30.4 * DAY, "month"],
  [DAY, DAY, "day"],
  [3600, 3600, "hour"],
  [60, 60, "minute"],
];

/** A time that passed, as roughly as people say it: `3 hours`. */
export function formatSpan(seconds: number): string {
  const [, size, noun] = UNITS.find(([from]) => seconds >= from) ?? [0, 1, "second"];
  return countOf(Math.round(seconds / size), noun);
}
