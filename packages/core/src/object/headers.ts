import { decodeText, LF, NUL } from "../bytes.ts";

/** One header of a commit or tag object. */
export interface Header {
  readonly key: string;
  /** As text; continuation lines are joined by LF, without the blank that marks them. */
  readonly value: string;
}

/** The headers of an object and where its message begins. */
export interface ObjectParts {
  readonly headers: readonly Header[];
  readonly message: Uint8Array;
  /** What breaks the grammar, in a few words. */
  readonly malformed?: string;
}

const HEADER_KEY = /^[!-~]+$/;

/**
 * Splits a commit or tag into headers and message: lines of `key SP value`, continued by lines that
 * begin with a blank, up to the first empty line.
 */
export function splitObject(bytes: Uint8Array): ObjectParts {
  const end = endOfHeaders(bytes);
  const headers: { key: string; value: string }[] = [];
  let malformed: string | undefined;
  const text = decodeText(bytes.subarray(0, end));
  if (text.length > 0) {
    for (const [index, line] of text.split("\n").entries()) {
      const blank = line.indexOf(" ");
      const last = headers.at(-1);
      if (blank === 0) {
        if (last) last.value += `\n${line.slice(1)}`;
        else malformed ??= "the first header line begins with a blank";
      } else if (blank > 0 && HEADER_KEY.test(line.slice(0, blank))) {
        headers.push({ key: line.slice(0, blank), value: line.slice(blank + 1) });
      } else {
        malformed ??= `header line ${index + 1} is not "key value"`;
      }
    }
  }
  if (bytes.subarray(0, end).includes(NUL)) malformed ??= "a header holds a NUL byte";
  // git ends the message at a NUL in some commands and not in others: two truths in one object.
  const message = bytes.subarray(Math.min(end + 2, bytes.length));
  if (message.includes(NUL)) malformed ??= "the message holds a NUL byte";
  return malformed === undefined ? { headers, message } : { headers, message, malformed };
}

/** The offset of the LF that ends the last header line, or the object's end where there is no message. */
export function endOfHeaders(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) {
    if (at + 1 >= bytes.length || bytes[at + 1] === LF) return at;
  }
  return bytes.length;
}
