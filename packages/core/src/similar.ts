import { distance } from "fastest-levenshtein";

/** Longer names are not compared: nobody types them, and comparing takes time in proportion to their product. */
const LONGEST = 60;

/**
 * The name that was probably meant, among some, in whatever case: at most a third of what was written must be put in,
 * taken out or replaced, or of a short one two letters.
 */
export function findSimilar(written: string, names: Iterable<string>): string | undefined {
  const { length } = written;
  const most = Math.max(Math.min(2, Math.floor(length / 2)), Math.floor(length / 3));
  let found: string | undefined;
  let least = most + 1;
  for (const name of names) {
    if (Math.abs(name.length - length) > most || name.length > LONGEST) continue;
    const edits = distance(written.toLowerCase(), name.toLowerCase());
    if (edits < least) [found, least] = [name, edits];
  }
  return found;
}
