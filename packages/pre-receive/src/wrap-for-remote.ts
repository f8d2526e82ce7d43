/** git shows what a server's hook says behind `remote: `, and 80 columns are on every terminal. */
const WIDTH = 72;

/**
 * Breaks lines at blanks, so that they fit beside what git puts in front of each. What stands between backquotes is to be
 * copied and stays whole, and so does a word that is longer than a line.
 */
export function wrapForRemote(lines: readonly string[]): readonly string[] {
  return lines.flatMap(wrapLine);
}

function wrapLine(line: string): readonly string[] {
  if (line.length <= WIDTH) return [line];
  const [, indent = "", text = ""] = /^( *)(.*)$/s.exec(line) ?? [];
  const hanging = `${indent}  `;
  const wrapped: string[] = [];
  let current = indent;
  let empty = true;
  for (const word of splitWords(text)) {
    if (!empty && current.length + 1 + word.length > WIDTH) {
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
