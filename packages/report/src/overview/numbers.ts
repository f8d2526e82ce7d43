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

const UNITS: readonly (readonly [seconds: number, noun: string])[] = [
  [86_400, "day"],
  [3600, "hour"],
  [60, "minute"],
];

/** A time that passed, as roughly as people say it: `3 hours`. */
export function formatSpan(seconds: number): string {
  const [size, noun] = UNITS.find(([unit]) => seconds >= unit) ?? [1, "second"];
  return countOf(Math.round(seconds / size), noun);
}
