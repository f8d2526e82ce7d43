import { escapeText } from "./escape.ts";

// Markdown in which what others wrote is not a link, image, mention or HTML.

/** Code within a table. A bar would end the cell, even within code, and renderers differ on how it is escaped. */
export function codeCell(text: string): string {
  return codeSpan(escapeText(text, 72).replaceAll("|", "\\u{7c}"));
}

/** A code span that its content cannot end: the fence is longer than every run of backticks in it. */
export function codeSpan(text: string): string {
  const marks = "`".repeat(longestRun(text) + 1);
  const pad = /^`|`$|^ .* $|^$/.test(text) ? " " : "";
  return `${marks}${pad}${text}${pad}${marks}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
