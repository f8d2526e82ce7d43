/** What istanbul counts of a file: statements, functions, and each way that a branch can go. */
export interface FileCounters {
  readonly s: Readonly<Record<number, number>>;
  readonly f: Readonly<Record<number, number>>;
  readonly b: Readonly<Record<string, readonly number[]>>;
}

/** Which code has been run, and how often at a time: once, a few times, many times. */
export class Coverage {
  /** Those that the code counts by, each numbered from 0. */
  readonly #counters: readonly Readonly<Record<number, number>>[];
  readonly #lengths: readonly number[];
  readonly #before: Uint32Array;
  readonly #seen: Uint8Array;

  constructor({ s, f, b }: FileCounters) {
    this.#counters = [s, f, ...Object.values(b)];
    this.#lengths = this.#counters.map((counter) => Object.keys(counter).length);
    const size = this.#lengths.reduce((sum, length) => sum + length, 0);
    this.#before = new Uint32Array(size);
    this.#seen = new Uint8Array(size);
    this.advance();
  }

  /** How many places have been reached. */
  get reached(): number {
    return this.#seen.reduce((sum, times) => sum + (times > 0 ? 1 : 0), 0);
  }

  /** Whether anything was run since the last call that no call saw yet, or far more often than any saw. */
  advance(): boolean {
    let isNew = false;
    let place = 0;
    for (let index = 0; index < this.#counters.length; index += 1) {
      const counter = this.#counters[index] ?? {};
      const length = this.#lengths[index] ?? 0;
      for (let at = 0; at < length; at += 1, place += 1) {
        const times = (counter[at] ?? 0) - (this.#before[place] ?? 0);
        if (times === 0) continue;
        this.#before[place] = counter[at] ?? 0;
        // One bit for each power of two.
        const bit = 1 << Math.min(7, 31 - Math.clz32(times));
        const seen = this.#seen[place] ?? 0;
        if ((seen & bit) !== 0) continue;
        this.#seen[place] = seen | bit;
        isNew = true;
      }
    }
    return isNew;
  }
}
