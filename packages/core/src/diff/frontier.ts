/**
 * How far the paths from one corner of a box have come: for each diagonal the line of the first text. On diagonal `d`
 * line `a` of the first text stands against line `a - d` of the second.
 */
export class Frontier {
  /** The diagonals that paths are on: every other one from the highest down to the lowest. */
  lowest = 0;
  highest = 0;
  /** The diagonal that they started on. */
  origin = 0;
  readonly #reach: Int32Array;
  readonly #offset: number;
  /** What stands beside the outermost paths, so that it is never chosen. */
  readonly #outside: number;

  constructor(linesA: number, linesB: number, outside: number) {
    this.#reach = new Int32Array(linesA + linesB + 3);
    this.#offset = linesB + 1;
    this.#outside = outside;
  }

  start(a: number, b: number): void {
    this.origin = this.lowest = this.highest = a - b;
    this.set(this.origin, a);
  }

  at(diagonal: number): number {
    return this.#reach[diagonal + this.#offset] as number;
  }

  set(diagonal: number, a: number): void {
    this.#reach[diagonal + this.#offset] = a;
  }

  /** One step more: a diagonal more on each side; where the box ends, one less, since a step changes the diagonal. */
  widen(lowest: number, highest: number): void {
    if (this.lowest > lowest) {
      this.lowest -= 1;
      this.set(this.lowest - 1, this.#outside);
    } else this.lowest += 1;
    if (this.highest < highest) {
      this.highest += 1;
      this.set(this.highest + 1, this.#outside);
    } else this.highest -= 1;
  }

  has(diagonal: number): boolean {
    return this.lowest <= diagonal && diagonal <= this.highest;
  }
}
