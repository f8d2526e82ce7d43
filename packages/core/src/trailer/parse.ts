import { CR, isSpace, LF, SPACE, startsWithAscii, trimBytes } from "../bytes.ts";
import { findSeparator, findTrailerBlock, nextLine } from "./block.ts";

/** One trailer of a message. */
export interface Trailer {
  /** As written: `Co-signed-by` and `co-SIGNED-by` are one key to git. Compare by `hasKey`. */
  readonly key: string;
  /** The value's bytes, unfolded: each line break, of either kind, with the blanks behind it is one space. */
  readonly value: Uint8Array;
  /** The line of the message that it begins on, counted from 1. */
  readonly line: number;
}

export interface TrailerOptions {
  /**
   * Whether a line that begins with `---` ends the message, as `git interpret-trailers` has it by default.
   * For stored commits `git log` reads on, and so do we.
   */
  readonly divider?: boolean;
}

/** The trailers of a message by git's rule with default settings. No configuration changes the answer. */
export function parseTrailers(message: Uint8Array, options: TrailerOptions = {}): readonly Trailer[] {
  const text = options.divider ? message.subarray(0, findDivider(message)) : message;
  const { start, end } = findTrailerBlock(text);
  const trailers: Trailer[] = [];
  let number = start < end ? 1 + countLines(text, start) : 1;
  for (let line = start; line < end; ) {
    const begin = number;
    const separator = findSeparator(text, line);
    let next = nextLine(text, line);
    number += 1;
    // Lines that begin with a blank continue the trailer above; below anything else they are skipped with it.
    while (next < end && isSpace(text[next])) {
      next = nextLine(text, next);
      number += 1;
    }
    if (separator !== undefined) {
      trailers.push({
        key: keyText(text, line, separator),
        value: unfold(trimBytes(text.subarray(separator + 1, next))),
        line: begin,
      });
    }
    line = next;
  }
  return trailers;
}

/** Whether a trailer has this key; git compares keys without regard to ASCII case. */
export function hasKey(trailer: Trailer, key: string): boolean {
  return trailer.key.length === key.length && trailer.key.toLowerCase() === key.toLowerCase();
}

function keyText(bytes: Uint8Array, from: number, separator: number): string {
  let key = "";
  for (const byte of trimBytes(bytes.subarray(from, separator))) key += String.fromCharCode(byte);
  return key;
}

function unfold(value: Uint8Array): Uint8Array {
  if (!value.includes(LF)) return value;
  const unfolded = new Uint8Array(value.length);
  let length = 0;
  for (let at = 0; at < value.length; at += 1) {
    if (value[at] !== LF) {
      unfolded[length++] = value[at] as number;
      continue;
    }
    while (isSpace(value[at + 1])) at += 1;
    // git keeps the CR of a CRLF in the value, where it is nothing that anyone wrote.
    if (unfolded[length - 1] === CR) length -= 1;
    unfolded[length++] = SPACE;
  }
  return trimBytes(unfolded.subarray(0, length));
}

function findDivider(message: Uint8Array): number {
  for (let line = 0; line < message.length; line = nextLine(message, line)) {
    if (startsWithAscii(message, "---", line) && (line + 3 === message.length || isSpace(message[line + 3])))
      return line;
  }
  return message.length;
}

function countLines(bytes: Uint8Array, end: number): number {
  let lines = 0;
  for (let at = bytes.indexOf(LF); at >= 0 && at < end; at = bytes.indexOf(LF, at + 1)) lines += 1;
  return lines;
}
