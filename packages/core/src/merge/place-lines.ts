import { isSpace, SPACE, TAB } from "../bytes.ts";
import type { Effort } from "../diff/effort.ts";
import { type Lines, numberLines } from "../diff/numbered-lines.ts";
import { whyNoText } from "../diff/text.ts";
import { PairTable } from "./pair-table.ts";

/** Stands for the place of a blank line, which has none. */
export const NOWHERE = -1;

/** For each file the places of its lines, as numbers below `count`. */
export interface PlacedFiles<Files> {
  readonly places: { readonly [Key in keyof Files]: Int32Array };
  readonly count: number;
}

/**
 * Says of each line under which lines it stands: the nearest line above that is less indented, the nearest above that one,
 * and so on; for a line without any, the first line of its paragraph. Two lines of these files have the same place where
 * they are equal and stand under equal lines. Undefined for what is not text or too large.
 */
export function placeLines<const Files extends readonly Uint8Array[]>(
  files: Files,
  effort: Effort,
): PlacedFiles<Files> | undefined {
  if (files.some((file) => whyNoText(file) !== undefined)) return undefined;
  const numbered = numberLines(files, effort);
  if (!numbered) return undefined;
  const texts: readonly Lines[] = numbered.texts;
  const lines = texts.reduce((sum, { numbers }) => sum + numbers.length, 0);
  // A line that is not indented has a place of its own, and one more for what stands under it.
  const table = new PairTable(2 * lines, effort);
  const places = texts.map((text) => placeEach(text, table)) as PlacedFiles<Files>["places"];
  return effort.isExhausted ? undefined : { places, count: table.count };
}

interface Above {
  readonly indent: number;
  readonly place: number;
}

function placeEach({ bytes, starts, numbers }: Lines, table: PairTable): Int32Array {
  const places = new Int32Array(numbers.length).fill(NOWHERE);
  const above: Above[] = [];
  let first: number | undefined;
  for (let at = 0; at < numbers.length; at += 1) {
    const line = numbers[at] as number;
    const indent = indentOf(bytes, starts[at] as number, starts[at + 1] as number);
    if (indent === undefined) {
      first = undefined;
      continue;
    }
    first ??= line;
    while ((above.at(-1)?.indent ?? -1) >= indent) above.pop();
    const place = table.number(above.at(-1)?.place ?? NOWHERE, line);
    above.push({ indent, place });
    places[at] = above.length > 1 ? place : table.number(table.number(NOWHERE, first), line);
  }
  return places;
}

/** The column where a line's text begins, as git counts it; undefined for a blank line. */
function indentOf(bytes: Uint8Array, start: number, end: number): number | undefined {
  let column = 0;
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at];
    if (!isSpace(byte)) return column;
    if (byte === SPACE) column += 1;
    else if (byte === TAB) column += 8 - (column % 8);
  }
  return undefined;
}
