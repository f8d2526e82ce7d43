/** Who an author, committer or tagger line names. Anyone can write any name there: a claim, not a proof. */
export interface Identity {
  readonly name: string;
  /** As written, `""` where the line has none. Compare addresses by `asciiLowerCase`, whole. */
  readonly email: string;
}

/**
 * Reads `Name <address> seconds zone` as git's ident code does: the name ends at the first `<`,
 * the address at the first `>` behind it, so `D <d@x> <senior@x>` is d@x.
 */
export function parseIdentity(line: string): Identity {
  const open = line.indexOf("<");
  if (open < 0) return { name: trimBlanks(line), email: "" };
  const close = line.indexOf(">", open);
  const email = close < 0 ? "" : line.slice(open + 1, close);
  return { name: trimBlanks(line.slice(0, open)), email: trimBlanks(email) };
}

function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0d;
}
