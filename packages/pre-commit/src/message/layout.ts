import { encodeText, findTrailerBlock } from "@countersign/core/internal";
import { type Cleanup, SCISSORS } from "./cleanup.ts";

/** The part of the file that becomes the commit's message, and what stands below it. */
export interface Layout {
  /** Without the blank lines and comments at its end. */
  readonly text: Uint8Array;
  /** Those blank lines and comments, the scissors and the diff: git's own words to the person who edits. */
  readonly rest: Uint8Array;
}

const LF = 0x0a;

/**
 * Separates the text from what git shows below it. In an editor even the modes that keep comments show git's hints, as a
 * paragraph of their own that the person may take out.
 */
export function readLayout(message: Uint8Array, cleanup: Cleanup): Layout {
  const { strips, edited } = cleanup;
  const cut = cleanup.cuts ? findScissors(message, cleanup) : message.length;
  const comment = strips || edited ? encodeText(cleanup.comment) : undefined;
  let end = 0;
  let afterText = false;
  for (const { from, to } of lines(message, cut)) {
    if (isBlank(message.subarray(from, to))) afterText = false;
    else if (!(comment && startsWith(message, comment, from)) || (afterText && !strips)) {
      afterText = true;
      end = to;
    }
  }
  return { text: message.subarray(0, end), rest: message.subarray(end) };
}

/** The message as git will store it, except for blank lines. */
export function readCleaned(message: Uint8Array, cleanup: Cleanup): Uint8Array {
  const left = { ...cleanup, edited: false };
  return withoutComments(readLayout(message, left), left);
}

/** The text without the comments within it. */
export function withoutComments({ text }: Layout, cleanup: Cleanup): Uint8Array {
  if (!cleanup.strips) return text;
  const comment = encodeText(cleanup.comment);
  const kept = [...lines(text, text.length)].filter(({ from }) => !startsWith(text, comment, from));
  return Buffer.concat(kept.map(({ from, to }) => text.subarray(from, to)));
}

/**
 * Adds lines as trailers: to the trailer block, or below a blank line of their own. Every byte that was there stays.
 * An empty message gets a blank first line, for the subject.
 */
export function insertTrailers({ text, rest }: Layout, trailers: readonly string[], cleanup: Cleanup): Uint8Array {
  const added = encodeText(trailers.map((trailer) => `${trailer}\n`).join(""));
  const ended = text.length === 0 || text.at(-1) === LF;
  const read = withoutComments({ text, rest }, cleanup);
  const { start, end } = findTrailerBlock(read);
  // A list of conflicts may stand below the block, which then is not the place to go on.
  const gap = start < end && end === read.length ? "" : "\n";
  const lead = text.length === 0 ? "\n\n" : `${ended ? "" : "\n"}${gap}`;
  // Where nothing but our lines stood, git's own comments begin on the line after.
  return Buffer.concat([text, encodeText(lead), added, rest]);
}

function findScissors(message: Uint8Array, { comment }: Cleanup): number {
  const scissors = encodeText(`${comment}${SCISSORS}\n`);
  for (const { from } of lines(message, message.length)) if (startsWith(message, scissors, from)) return from;
  return message.length;
}

function* lines(bytes: Uint8Array, end: number): Generator<{ readonly from: number; readonly to: number }> {
  for (let from = 0; from < end; ) {
    const lf = bytes.indexOf(LF, from);
    const to = lf < 0 || lf >= end ? end : lf + 1;
    yield { from, to };
    from = to;
  }
}

function isBlank(line: Uint8Array): boolean {
  return line.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d);
}

function startsWith(bytes: Uint8Array, prefix: Uint8Array, at: number): boolean {
  return prefix.length > 0 && Buffer.compare(bytes.subarray(at, at + prefix.length), prefix) === 0;
}
