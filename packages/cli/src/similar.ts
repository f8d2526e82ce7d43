import { closest, distance } from "fastest-levenshtein";

/** Of some names the one that was probably meant: at most half of it is written otherwise. */
export function findSimilar(written: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const nearest = closest(written.toLowerCase(), names);
  return distance(written.toLowerCase(), nearest) <= nearest.length / 2 ? nearest : undefined;
}
