import { splitWords } from "./words.ts";

/** What colours text on a terminal and takes no room there. Foreign text holds none: it was escaped. */
const COLOUR = /\p{Cc}\[[0-9;]*m/gu;

/**
 * Breaks lines at blanks so that they fit into a width, and goes on further in: below the last column of a table, else by
 * two blanks. What stands between backquotes is to be copied and stays whole, and so does a word that is longer than a line.
 */
export function wrapLines(lines: readonly string[], width: number): readonly string[] {
  return lines.flatMap((line) => wrapLine(line, width));
}

function wrapLine(line: string, width: number): readonly string[] {
  const plain = line.replaceAll(COLOUR, "");
  if (plain.length <= width) return [line];
  const [, indent = "", text = ""] = /^( *)(.*)$/s.exec(line) ?? [];
  const further = `${indent}  `;
  const hanging = " ".repeat(findColumn(plain.slice(0, (2 * width) / 3)) ?? further.length);
  const wrapped: string[] = [];
  let current = indent;
  let empty = true;
  for (const word of splitWords(text)) {
    if (!empty && widthOf(current + word.gap + word.text) > width) {
      wrapped.push(current);
      current = widthOf(hanging + word.text) > width ? further : hanging;
      empty = true;
    }
    current += empty ? word.text : word.gap + word.text;
    empty = false;
  }
  return [...wrapped, current];
}

/** Where the last column begins that stands apart from the one before it. */
function findColumn(start: string): number | undefined {
  return /^.*\S {2,}(?=\S)/.exec(start)?.[0].length;
}

function widthOf(text: string): number {
  return text.replaceAll(COLOUR, "").length;
}
