/**
 * Characters that a terminal or a CI log acts upon or hides: C0, C1 and DEL, bidirectional controls, zero-width and
 * other format characters, line and paragraph separators, lone surrogates, and blanks that look like none.
 */
export const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u115f\u1160\u3164\uffa0\u2800]|\u034f|\u17b4|\u17b5/gu;

/** CI systems run these as commands wherever they stand in a line: GitHub's `##[name]`, Azure's `##vso[`, TeamCity's. */
const INLINE_COMMAND = /##(?=\w*\[)/g;

/** More of one foreign text is never shown. */
const SHOWN = 200;

/** The one function that foreign text passes through on its way to a person: what is unsafe becomes visible. */
export function escapeText(text: string, limit: number = SHOWN): string {
  const cut = text.length > limit ? `${text.slice(0, limit).replace(/[\ud800-\udbff]$/, "")}…` : text;
  const shown = cut.replace(UNSAFE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
  return shown.replace(INLINE_COMMAND, "#\\u{23}");
}

/** CI systems run lines that begin so as commands. Our own lines never do, but a quoted one might come to stand first. */
const COMMAND = /^(\s*)(::|##)/;

/** Escapes one whole line of a report. */
export function escapeLine(line: string, limit: number = 2000): string {
  return disarmLine(escapeText(line, limit));
}

/** Keeps a line of escaped text from being run as a command, such as one that was broken within a quotation. */
export function disarmLine(line: string): string {
  return line.replace(COMMAND, "$1\\$2");
}
