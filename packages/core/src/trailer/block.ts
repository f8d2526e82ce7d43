import { COLON, HASH, isSpace, LF, SPACE, startsWithAscii, TAB } from "../bytes.ts";

/** Where the trailer block stands in a message, as byte offsets; empty (`start === end`) where there is none. */
export interface TrailerBlock {
  readonly start: number;
  readonly end: number;
}

/** Lines that git writes itself. One of them lets the last paragraph hold prose too. */
const GIT_GENERATED = ["Signed-off-by: ", "(cherry picked from commit "];

const SCISSORS = "# ------------------------ >8 ------------------------\n";

/**
 * Finds the trailer block by the rule of git's trailer.c with default settings: the last paragraph, unless it
 * is the first one too, if all its lines are trailers, or if one is git-generated and at least a quarter of
 * them are trailers. Lines that begin with `#` count as comments. One pass from the end; git's own takes
 * quadratic time on a value folded over a million lines.
 */
export function findTrailerBlock(message: Uint8Array): TrailerBlock {
  const from = skipBlankLines(message);
  const end = endOfTrailers(message, from);
  return { start: startOfTrailers(message, from, end), end };
}

/** `git log` passes over blank lines before the title. */
function skipBlankLines(message: Uint8Array): number {
  let at = 0;
  while (at < message.length) {
    if (!isBlankLine(message, at)) return at;
    at = nextLine(message, at);
  }
  return at;
}

function startOfTrailers(message: Uint8Array, from: number, end: number): number {
  let onlyBlanks = true;
  let gitGenerated = false;
  let trailers = 0;
  let others = 0;
  // A line that begins with a blank belongs to the trailer above it or, if there is none, to the prose.
  let continuations = 0;

  // No blank line stands above the first paragraph, which is the title: it never holds trailers.
  for (let line = lastLine(message, from, end); line >= 0; line = lastLine(message, from, line)) {
    if (message[line] === HASH) {
      others += continuations;
      continuations = 0;
    } else if (isBlankLine(message, line)) {
      if (onlyBlanks) continue;
      others += continuations;
      const holds = others === 0 || (gitGenerated && trailers * 3 >= others);
      return holds ? nextLine(message, line) : end;
    } else {
      onlyBlanks = false;
      if (GIT_GENERATED.some((prefix) => startsWithAscii(message, prefix, line))) {
        trailers += 1;
        continuations = 0;
        gitGenerated = true;
      } else if (isSpace(message[line])) {
        continuations += 1;
      } else if (findSeparator(message, line) !== undefined) {
        trailers += 1;
        continuations = 0;
      } else {
        others += 1 + continuations;
        continuations = 0;
      }
    }
  }
  return end;
}

/** Comments, blank lines and an old `Conflicts:` list at the end come after the trailers, and so does all below scissors. */
function endOfTrailers(message: Uint8Array, from: number): number {
  const cutoff = findScissors(message, from);
  let tail = -1;
  let inConflicts = false;
  for (let line = from; line < cutoff; line = nextLine(message, line)) {
    if (message[line] === HASH || message[line] === LF) {
      if (tail < 0) tail = line;
    } else if (startsWithAscii(message, "Conflicts:\n", line)) {
      inConflicts = true;
      if (tail < 0) tail = line;
    } else if (inConflicts && message[line] === TAB) {
      // a path of the conflicts list
    } else {
      tail = -1;
      inConflicts = false;
    }
  }
  return tail >= 0 ? tail : cutoff;
}

function findScissors(message: Uint8Array, from: number): number {
  for (let line = from; line < message.length; line = nextLine(message, line)) {
    if (startsWithAscii(message, SCISSORS, line)) return line;
  }
  return message.length;
}

/**
 * The offset of the `:` that ends a trailer's key; undefined if there is none. A key has ASCII letters, digits and
 * hyphens, with blanks or tabs between it and the colon.
 */
export function findSeparator(bytes: Uint8Array, line: number): number | undefined {
  let at = line;
  while (isKeyByte(bytes[at])) at += 1;
  if (at === line) return undefined;
  while (bytes[at] === SPACE || bytes[at] === TAB) at += 1;
  return bytes[at] === COLON ? at : undefined;
}

function isKeyByte(byte = 0): boolean {
  return (
    (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x30 && byte <= 0x39) || byte === 0x2d
  );
}

/** The offset behind the line's LF. */
export function nextLine(bytes: Uint8Array, line: number): number {
  const lf = bytes.indexOf(LF, line);
  return lf < 0 ? bytes.length : lf + 1;
}

/** The start of the last line that begins before `end`, not before `from`; -1 where there is none. */
function lastLine(bytes: Uint8Array, from: number, end: number): number {
  if (end <= from) return -1;
  // The byte before `end` may be the LF of that very line.
  for (let at = end - 2; at >= from; at -= 1) if (bytes[at] === LF) return at + 1;
  return from;
}

function isBlankLine(bytes: Uint8Array, line: number): boolean {
  for (let at = line; at < bytes.length && bytes[at] !== LF; at += 1) if (!isSpace(bytes[at])) return false;
  return true;
}
