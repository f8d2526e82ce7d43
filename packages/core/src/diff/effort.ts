/** How many steps one comparison or merge may take: well under a second. */
const ONE = 16 * 1024 * 1024;

/**
 * What comparing texts may cost, in steps and never in time: the answer must be the same on every machine. What takes more
 * is given up.
 */
export class Effort {
  #left: number;

  private constructor(steps: number) {
    this.#left = steps;
  }

  /** For one comparison or merge. */
  static forOne(): Effort {
    return new Effort(ONE);
  }

  /** For all that one commit asks for, which can name a file that is hard to merge at any number of paths. */
  static forMany(): Effort {
    return new Effort(16 * ONE);
  }

  get isExhausted(): boolean {
    return this.#left < 0;
  }

  spend(steps: number): void {
    this.#left -= steps;
  }

  /** Does one comparison of many. */
  one<Result>(compare: (effort: Effort) => Result): Result {
    const steps = Math.min(ONE, this.#left);
    const effort = new Effort(steps);
    const result = compare(effort);
    this.#left -= steps - effort.#left;
    return result;
  }
}
