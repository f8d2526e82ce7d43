/** What colours text on a terminal and takes no room there. Foreign text holds none: it was escaped. */
const COLOUR = /\p{Cc}\[[0-9;]*m/gu;

/**
 * Breaks lines at blanks so that they fit into a width, and goes on further in. What stands between backquotes is to be
 * copied and stays whole, and so does a word that is longer than a line.
 */
export function wrapLines(lines: readonly string[], width: number): readonly string[] {
  return lines.flatMap((line) => wrapLine(line, width));
}

function wrapLine(line: string, width: number): readonly string[] {
  if (widthOf(line) <= width) return [line];
  const [, indent = "", text = ""] = /^( *)(.*)$/s.exec(line) ?? [];
  const hanging = `${indent}  `;
  const wrapped: string[] = [];
  let current = indent;
  let empty = true;
  for (const word of splitWords(text)) {
    if (!empty && widthOf(current) + 1 + widthOf(word) > width) {
      wrapped.push(current);
      current = hanging;
      empty = true;
    }
    current += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...wrapped, current];
}

function widthOf(text: string): number {
  return text.replaceAll(COLOUR, "").length;
}

/** At blanks outside of a pair of backquotes, each beside its word's punctuation. */
function splitWords(text: string): readonly string[] {
  return text.match(/(?:`[^`]*`|[^ `]|`)+/g) ?? [];
}
