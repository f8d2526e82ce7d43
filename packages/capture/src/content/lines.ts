import { lstatSync, readFileSync } from "node:fs";
import { shortHash } from "./short-hash.ts";

/** The lines of a text without the white space around them, a character a byte. */
export type Lines = ReadonlySet<string>;

/** What an agent changed in a file, by lines. */
export interface ChangedLines {
  readonly added: Lines;
  readonly removed: Lines;
}

/** No more lines of one change are kept: a mark is read whole, and so many say as much as more would. */
const MOST_LINES = 4000;
/** Longer texts are compared by their id alone. */
export const LARGEST_TEXT = 4 * 1024 * 1024;
const NUL_SEARCHED = 8000;
const SIGNIFICANT = 3;
/** Lines with so many letters or digits are seldom written twice by chance, as `return false;` is. */
const TELLING = 12;

/** The lines of a file; undefined if it is binary, as git takes it, or too large. */
export function readLines(bytes: Uint8Array): Lines | undefined {
  if (bytes.length > LARGEST_TEXT || bytes.subarray(0, NUL_SEARCHED).includes(0)) return undefined;
  return splitLines(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1"));
}

/** The lines of a file of the file system; undefined also where it is gone, or no file. */
export function readFileLines(path: Buffer): Lines | undefined {
  try {
    const file = lstatSync(path);
    return file.isFile() && file.size <= LARGEST_TEXT ? readLines(readFileSync(path)) : undefined;
  } catch {
    return undefined;
  }
}

/** The lines of texts that came as such. */
export function linesOf(texts: readonly string[]): Lines {
  return splitLines(Buffer.from(texts.join("\n")).toString("latin1"));
}

function splitLines(text: string): Lines {
  const lines = new Set(text.split("\n").map(trimLine));
  lines.delete("");
  return lines;
}

/** ASCII's white space alone: a byte of a letter may look like another one. */
function trimLine(line: string): string {
  let start = 0;
  let end = line.length;
  while (start < end && isBlank(line.charCodeAt(start))) start += 1;
  while (end > start && isBlank(line.charCodeAt(end - 1))) end -= 1;
  return line.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}

export function without(lines: Lines, others: Lines): Lines {
  return new Set([...lines].filter((line) => !others.has(line)));
}

/**
 * Hashes of the lines that tell a change from others: those with many letters or digits, or where there are none, all
 * with a few. A brace is in every change.
 */
export function hashTelling(lines: Lines): readonly number[] {
  const weighed = [...lines].map((line) => ({ line, weight: countWordCharacters(line) }));
  const telling = weighed.filter(({ weight }) => weight >= TELLING);
  const kept = telling.length > 0 ? telling : weighed.filter(({ weight }) => weight >= SIGNIFICANT);
  return kept.slice(0, MOST_LINES).map(({ line }) => shortHash(line));
}

export function hashAll(lines: Lines): ReadonlySet<number> {
  return new Set([...lines].map(shortHash));
}

/** Letters and digits, where every byte beyond ASCII counts for one. */
export function countWordCharacters(line: string): number {
  let count = 0;
  for (let at = 0; at < line.length; at += 1) {
    const code = line.charCodeAt(at);
    const isDigit = code >= 0x30 && code <= 0x39;
    const isLetter = (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;
    if (isDigit || isLetter || code >= 0x80) count += 1;
  }
  return count;
}
