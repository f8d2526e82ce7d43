import { LF } from "../bytes.ts";
import type { Effort } from "./effort.ts";
import { LineTable } from "./line-table.ts";

/** A text as its lines, each with its end: a last line without one differs from the same line with one. */
export interface Lines {
  readonly bytes: Uint8Array;
  /** Where each line starts; behind the last one, where the text ends. */
  readonly starts: Int32Array;
  /** For each line a number, the same for equal lines of all texts that were numbered together. */
  readonly numbers: Int32Array;
}

/** Texts whose lines can be compared by their numbers, which are below `kinds`. */
export interface NumberedTexts<Texts> {
  readonly texts: { readonly [Key in keyof Texts]: Lines };
  readonly kinds: number;
}

/** No more lines than these are compared, in all texts together. */
const MOST_LINES = 1_000_000;

/** Numbers the lines of texts that are to be compared; undefined if that is too much work. */
export function numberLines<const Texts extends readonly Uint8Array[]>(
  texts: Texts,
  effort: Effort,
): NumberedTexts<Texts> | undefined {
  const split = texts.map(splitLines);
  const lines = split.reduce((sum, { numbers }) => sum + numbers.length, 0);
  if (lines > MOST_LINES) return undefined;
  // To go through four bytes takes about as long as a step of the search.
  effort.spend(texts.reduce((sum, { length }) => sum + length / 4, lines));
  const table = new LineTable(lines, effort);
  for (const { bytes, starts, numbers } of split) {
    for (let line = 0; line < numbers.length; line += 1) {
      const number = table.number(bytes, starts[line] as number, starts[line + 1] as number);
      if (number === undefined) return undefined;
      numbers[line] = number;
    }
  }
  return { texts: split as NumberedTexts<Texts>["texts"], kinds: table.kinds };
}

function splitLines(bytes: Uint8Array): Lines {
  const starts = new Int32Array(countLines(bytes) + 1);
  let line = 1;
  for (let at = 0; at < bytes.length; at += 1) if (bytes[at] === LF) starts[line++] = at + 1;
  starts[starts.length - 1] = bytes.length;
  return { bytes, starts, numbers: new Int32Array(starts.length - 1) };
}

export function countLines(bytes: Uint8Array): number {
  // Only the last line can lack its end.
  let lines = bytes.length > 0 && bytes[bytes.length - 1] !== LF ? 1 : 0;
  for (let at = 0; at < bytes.length; at += 1) if (bytes[at] === LF) lines += 1;
  return lines;
}
