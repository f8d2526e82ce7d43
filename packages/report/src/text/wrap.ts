import { disarmLine } from "./escape.ts";
import { splitWords } from "./words.ts";

/** What fits on every terminal. */
const WIDTH = 80;

/**
 * Breaks an escaped text at blanks so that its lines fit on a terminal of 80 columns: `first` begins the first line, blanks of the
 * same width the others. What stands between backquotes, and a word that is longer than a line, stays whole.
 */
export function wrapText(first: string, text: string): readonly string[] {
  const indent = " ".repeat(first.length);
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of splitWords(text)) {
    if (!empty && line.length + word.gap.length + word.text.length > WIDTH) {
      lines.push(line);
      line = indent;
      empty = true;
    }
    line += empty ? word.text : word.gap + word.text;
    empty = false;
  }
  return [...lines, line].map(disarmLine);
}
