/**
 * Breaks lines at blanks so that they fit into a width, and goes on further in. What stands between backquotes is to be
 * copied and stays whole, and so does a word that is longer than a line.
 */
export function wrapLines(lines: readonly string[], width: number): readonly string[] {
  return lines.flatMap((line) => wrapLine(line, width));
}

function wrapLine(line: string, width: number): readonly string[] {
  if (line.length <= width) return [line];
  const [, indent = "", text = ""] = /^( *)(.*)$/s.exec(line) ?? [];
  const hanging = `${indent}  `;
  const wrapped: string[] = [];
  let current = indent;
  let empty = true;
  for (const word of splitWords(text)) {
    if (!empty && current.length + 1 + word.length > width) {
      wrapped.push(current);
      current = hanging;
      empty = true;
    }
    current += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...wrapped, current];
}

/** At blanks outside of a pair of backquotes, each beside its word's punctuation. */
function splitWords(text: string): readonly string[] {
  return text.match(/(?:`[^`]*`|[^ `]|`)+/g) ?? [];
}
