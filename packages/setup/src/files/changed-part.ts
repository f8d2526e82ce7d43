/** A text or a list of lines. */
interface Sequence<S> {
  readonly length: number;
  readonly [index: number]: unknown;
  slice(start: number, end: number): S;
}

/** What a change takes out and what it puts in: what both begin with and end with alike is left out. */
export function changedPart<S extends Sequence<S>>(before: S, after: S): { readonly removed: S; readonly inserted: S } {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  return { removed: before.slice(start, before.length - end), inserted: after.slice(start, after.length - end) };
}

/** The same by lines, as a person looks a change over. */
export function changedLines(before: string, after: string): readonly string[] {
  const { removed, inserted } = changedPart(linesOf(before), linesOf(after));
  return [...removed.map((line) => `- ${line}`), ...inserted.map((line) => `+ ${line}`)];
}

function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/);
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}
