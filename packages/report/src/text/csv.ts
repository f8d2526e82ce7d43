import { escapeText } from "./escape.ts";

/** Rows as CSV by RFC 4180. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

/** Spreadsheets run what begins like a formula, also within quotes; an apostrophe in front has them show it. */
const FORMULA = /^\s*[=+\-@|%]/;

function cell(text: string): string {
  const escaped = escapeText(text, 1000);
  const shown = FORMULA.test(escaped) ? `'${escaped}` : escaped;
  return /[",]/.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown;
}
