import type { Effort } from "../diff/effort.ts";

/** Gives equal pairs of numbers one number. A hash table whose collisions cost effort. */
export class PairTable {
  /** How many different pairs came so far. */
  count = 0;
  readonly #effort: Effort;
  readonly #slots: Int32Array;
  readonly #firsts: Int32Array;
  readonly #seconds: Int32Array;

  /** For at most so many pairs. */
  constructor(pairs: number, effort: Effort) {
    this.#effort = effort;
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * pairs + 2))).fill(-1);
    this.#firsts = new Int32Array(pairs);
    this.#seconds = new Int32Array(pairs);
  }

  /** The number of a pair; of no meaning once the effort is exhausted. */
  number(first: number, second: number): number {
    const mask = this.#slots.length - 1;
    const hash = Math.imul(Math.imul(first, 0x9e3779b1) ^ second, 0x85ebca6b);
    for (let slot = (hash ^ (hash >>> 15)) & mask; !this.#effort.isExhausted; slot = (slot + 1) & mask) {
      const known = this.#slots[slot] as number;
      if (known < 0) return this.#add(slot, first, second);
      if (this.#firsts[known] === first && this.#seconds[known] === second) return known;
      this.#effort.spend(1);
    }
    return 0;
  }

  #add(slot: number, first: number, second: number): number {
    const number = this.count++;
    this.#slots[slot] = number;
    this.#firsts[number] = first;
    this.#seconds[number] = second;
    return number;
  }
}
