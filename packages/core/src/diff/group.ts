/**
 * A group of changed lines of a text, from `start` to before `end`. There is one before the first unchanged line, one
 * after the last, and one between any two; most are empty. Two texts have equally many.
 */
export class Group {
  start = 0;
  end = 0;
  readonly #changed: Uint8Array;

  /** The first group. `changed` has one entry more than there are lines, which is 0. */
  constructor(changed: Uint8Array) {
    this.#changed = changed;
    this.#growDown();
  }

  get size(): number {
    return this.end - this.start;
  }

  /** Goes on to the next group; false if this is the last. */
  next(): boolean {
    if (this.end === this.#changed.length - 1) return false;
    this.start = this.end + 1;
    this.end = this.start;
    this.#growDown();
    return true;
  }

  /** Goes back to the group before this one. */
  previous(): void {
    this.end = this.start - 1;
    this.start = this.end;
    this.#growUp();
  }

  /** Moves the group up by a line, if that gives the same text; it takes in the group above where it comes to touch it. */
  slideUp(lines: Int32Array): boolean {
    if (this.start === 0 || lines[this.start - 1] !== lines[this.end - 1]) return false;
    this.start -= 1;
    this.end -= 1;
    this.#changed[this.start] = 1;
    this.#changed[this.end] = 0;
    this.#growUp();
    return true;
  }

  slideDown(lines: Int32Array): boolean {
    if (this.end === lines.length || lines[this.start] !== lines[this.end]) return false;
    this.#changed[this.start] = 0;
    this.#changed[this.end] = 1;
    this.start += 1;
    this.end += 1;
    this.#growDown();
    return true;
  }

  #growUp(): void {
    while (this.start > 0 && this.#changed[this.start - 1] === 1) this.start -= 1;
  }

  #growDown(): void {
    while (this.#changed[this.end] === 1) this.end += 1;
  }
}
