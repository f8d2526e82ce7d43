/** More edits than this make another word, and not a misspelt one. */
const MOST_EDITS = 2;
/** Longer names are not compared: nobody types them, and comparing takes time in proportion to their product. */
const LONGEST = 60;

/** The name that was probably meant; undefined where none is near. */
export function nearest(text: string, names: Iterable<string>): string | undefined {
  let found: string | undefined;
  let least = Math.min(MOST_EDITS, Math.floor(text.length / 2)) + 1;
  for (const name of names) {
    if (Math.abs(name.length - text.length) > MOST_EDITS || name.length > LONGEST) continue;
    const edits = countEdits(text, name);
    if (edits < least) [found, least] = [name, edits];
  }
  return found;
}

/** How many characters must be put in, taken out or replaced (Levenshtein). */
function countEdits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const replaced = (row[j - 1] as number) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[to.length] as number;
}
