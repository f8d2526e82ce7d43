import { joinBytes } from "@countersign/core/internal";

/** A longer input finds nothing that a shorter one would not, and takes longer. */
const LONGEST = 8192;
/** Bytes that grammars are written in, and those that text is not. */
const SPECIAL = [0x00, 0x09, 0x0a, 0x0d, 0x20, 0x22, 0x23, 0x2c, 0x2d, 0x2f, 0x3a, 0x5b, 0x5c, 0x7b, 0x7f, 0x80, 0xff];

/** Another input, made of one that reached something new, of others like it and of words of the source code. */
export function vary(corpus: readonly Uint8Array[], words: readonly Uint8Array[]): Uint8Array {
  let input = pick(corpus);
  for (let change = upTo(4); change >= 0; change -= 1) input = pick(WAYS)(input, corpus, words);
  return input.subarray(0, LONGEST);
}

type Way = (input: Uint8Array, corpus: readonly Uint8Array[], words: readonly Uint8Array[]) => Uint8Array;

const WAYS: readonly Way[] = [
  (input) => replace(input, 1, (old) => old.map((byte) => byte ^ (1 << upTo(8)))),
  (input) => replace(input, 1, () => Uint8Array.of(pick(SPECIAL))),
  (input) => replace(input, 0, () => Uint8Array.of(pick(SPECIAL))),
  (input) => replace(input, 0, () => Uint8Array.of(upTo(256))),
  (input) => replace(input, upTo(16), () => new Uint8Array()),
  (input) => replace(input, upTo(input.length), () => new Uint8Array()),
  (input, _, words) => replace(input, 0, () => pick(words)),
  (input, _, words) => replace(input, upTo(16), () => pick(words)),
  (input) => replace(input, upTo(64), (old) => joinBytes([old, old])),
  (input) => replace(input, upTo(8), (old) => joinBytes(Array.from({ length: 1 + upTo(64) }, () => old))),
  (input, corpus) => replace(input, upTo(input.length), () => partOf(pick(corpus))),
  (input) => replace(input, 0, () => partOf(input)),
];

function replace(input: Uint8Array, length: number, by: (old: Uint8Array) => Uint8Array): Uint8Array {
  const at = upTo(input.length + 1);
  const end = Math.min(at + length, input.length);
  return joinBytes([input.subarray(0, at), by(input.subarray(at, end)), input.subarray(end)]);
}

function partOf(input: Uint8Array): Uint8Array {
  const at = upTo(input.length);
  return input.subarray(at, at + upTo(input.length - at + 1));
}

function pick<Item>(items: readonly Item[]): Item {
  return items[upTo(items.length)] as Item;
}

/** A whole number below this one. */
function upTo(number: number): number {
  return Math.floor(Math.random() * number);
}
