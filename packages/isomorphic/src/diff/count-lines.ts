import { countCommon } from "./common-lines.ts";

/** How far git looks for a NUL before it takes a file for text. */
const BINARY_LOOK = 8000;

/**
 * How many lines were added and deleted, by the smallest difference there is. Of what is not text all lines count, old
 * and new, as the package over git counts them.
 */
export function countLines(before: Uint8Array, after: Uint8Array): { added: number; deleted: number } {
  if (isBinary(before) || isBinary(after)) return { added: countAll(after), deleted: countAll(before) };
  const numbers = new Map<string, number>();
  const left = numberLines(before, numbers);
  const right = numberLines(after, numbers);
  const start = commonStart(left, right);
  const end = commonEnd(left, right, start);
  const oldMiddle = left.subarray(start, left.length - end);
  const newMiddle = right.subarray(start, right.length - end);
  // A line that the other side lacks is deleted or added, whatever the rest is.
  const common = countCommon(keep(oldMiddle, new Set(newMiddle)), keep(newMiddle, new Set(oldMiddle)), numbers.size);
  return { added: newMiddle.length - common, deleted: oldMiddle.length - common };
}

function isBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, BINARY_LOOK).includes(0);
}

function countAll(bytes: Uint8Array): number {
  let lines = bytes.length > 0 && bytes[bytes.length - 1] !== LF ? 1 : 0;
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) lines += 1;
  return lines;
}

// One character for each byte, so that different bytes never become equal text.
const latin1 = new TextDecoder("latin1");
const LF = 0x0a;

/** Each line as a number, equal lines as the same. A last line without an end differs from the same line with one. */
function numberLines(bytes: Uint8Array, numbers: Map<string, number>): Int32Array {
  const lines: number[] = [];
  for (let start = 0; start < bytes.length; ) {
    const lf = bytes.indexOf(LF, start);
    const end = lf < 0 ? bytes.length : lf + 1;
    const line = latin1.decode(bytes.subarray(start, end));
    const number = numbers.get(line) ?? numbers.size;
    numbers.set(line, number);
    lines.push(number);
    start = end;
  }
  return Int32Array.from(lines);
}

function commonStart(a: Int32Array, b: Int32Array): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length += 1;
  return length;
}

function commonEnd(a: Int32Array, b: Int32Array, start: number): number {
  const most = Math.min(a.length, b.length) - start;
  let length = 0;
  while (length < most && a[a.length - 1 - length] === b[b.length - 1 - length]) length += 1;
  return length;
}

function keep(lines: Int32Array, known: ReadonlySet<number>): Int32Array {
  return lines.filter((line) => known.has(line));
}
