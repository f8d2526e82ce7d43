import type { Effort } from "./effort.ts";

/** Gives equal lines one number. A hash table whose collisions cost effort: lines of one hash are easily made. */
export class LineTable {
  /** How many different lines came so far. */
  kinds = 0;
  readonly #effort: Effort;
  readonly #slots: Int32Array;
  /** Of each kind its hash, and where the first such line stands. */
  readonly #hashes: Int32Array;
  readonly #texts: Uint8Array[] = [];
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;

  /** For at most so many lines. */
  constructor(lines: number, effort: Effort) {
    this.#effort = effort;
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * lines + 2))).fill(-1);
    this.#hashes = new Int32Array(lines);
    this.#starts = new Int32Array(lines);
    this.#ends = new Int32Array(lines);
  }

  /** The number of the line from `start` to `end`; undefined if finding it is too much work. */
  number(text: Uint8Array, start: number, end: number): number | undefined {
    const hash = hashOf(text, start, end);
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; !this.#effort.isExhausted; slot = (slot + 1) & mask) {
      const kind = this.#slots[slot] as number;
      if (kind < 0) return this.#add(slot, hash, text, start, end);
      if (this.#hashes[kind] === hash && this.#equals(kind, text, start, end)) return kind;
      this.#effort.spend(1);
    }
    return undefined;
  }

  #add(slot: number, hash: number, text: Uint8Array, start: number, end: number): number {
    const kind = this.kinds++;
    this.#slots[slot] = kind;
    this.#hashes[kind] = hash;
    this.#texts.push(text);
    this.#starts[kind] = start;
    this.#ends[kind] = end;
    return kind;
  }

  #equals(kind: number, text: Uint8Array, start: number, end: number): boolean {
    const first = this.#texts[kind] as Uint8Array;
    const from = this.#starts[kind] as number;
    const length = end - start;
    if ((this.#ends[kind] as number) - from !== length) return false;
    let at = 0;
    while (at < length && first[from + at] === text[start + at]) at += 1;
    if (at < length) this.#effort.spend(at);
    return at === length;
  }
}

/** FNV-1a, its high bits folded into the low ones, which choose a slot. */
function hashOf(text: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (text[at] as number), 0x01000193);
  return hash ^ (hash >>> 15);
}
