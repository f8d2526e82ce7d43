import { escapeText } from "./escape.ts";

/** A word of a command that a person is to copy. */
export function shellWord(text: string): string {
  const shown = escapeText(text, Number.POSITIVE_INFINITY);
  return /^[\w./@%+=:,-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", "'\\''")}'`;
}
