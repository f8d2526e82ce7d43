import { decodeStrictly } from "@countersign/core/internal";
import { escapeText, type Paint } from "@countersign/report";

const LF = 0x0a;

/**
 * What git prints for a person, made safe for a terminal: each character that a terminal would obey or hide is written
 * out, bytes that are not UTF-8 too, and the only colours are ours.
 */
export class DiffText {
  readonly #paint: Paint;
  #inHunk = false;

  constructor(paint: Paint) {
    this.#paint = paint;
  }

  /** A line without its end. */
  line(bytes: Uint8Array): string {
    const text = visible(bytes);
    if (/^(?:commit|diff) /.test(text)) {
      this.#inHunk = false;
      return this.#paint.strong(text);
    }
    if (text.startsWith("@@")) {
      this.#inHunk = true;
      return this.#paint.dim(text);
    }
    if (this.#inHunk && text.startsWith("+")) return this.#paint.good(text);
    if (this.#inHunk && text.startsWith("-")) return this.#paint.bad(text);
    return text;
  }
}

/** Tabs stay, as in any diff; no line is cut, since all of it is signed. */
function visible(bytes: Uint8Array): string {
  const text = decodeStrictly(bytes) ?? Array.from(bytes, byteText).join("");
  return text
    .split("\t")
    .map((part) => escapeText(part, Number.POSITIVE_INFINITY))
    .join("\t");
}

function byteText(byte: number): string {
  return byte < 0x80 ? String.fromCharCode(byte) : `\\x${byte.toString(16)}`;
}

/** The lines of a stream, without their ends. */
export async function* readLines(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let rest: Uint8Array[] = [];
  for await (const chunk of stream) {
    let start = 0;
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, start)) {
      yield Buffer.concat([...rest, chunk.subarray(start, end)]);
      rest = [];
      start = end + 1;
    }
    if (start < chunk.length) rest.push(chunk.subarray(start));
  }
  if (rest.length > 0) yield Buffer.concat(rest);
}
