const MOST_STEPS = 16 * 1024 * 1024;

/**
 * What one comparison may still cost, so that no file takes more than a second. In steps and never in time: the answer
 * must be the same on every machine.
 */
export class Effort {
  #left = MOST_STEPS;

  get isExhausted(): boolean {
    return this.#left < 0;
  }

  spend(steps: number): void {
    this.#left -= steps;
  }
}
