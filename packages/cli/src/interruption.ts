/** What a person ends a program with, or a terminal that is closed. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Turns signals into one question that can be asked between two steps. Without it the process would end at once, and
 * leave behind what it has in hand.
 */
export class Interruption {
  readonly #controller = new AbortController();
  #paused = false;
  readonly #hear = (): void => {
    if (!this.#paused) this.note();
  };

  constructor() {
    for (const signal of SIGNALS) process.on(signal, this.#hear);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get happened(): boolean {
    return this.#controller.signal.aborted;
  }

  /** What a program that we started knows first: the person gave up. */
  note(): void {
    this.#controller.abort();
  }

  /** @throws `Stopped` once there was a signal. */
  check(): void {
    if (this.happened) throw new Stopped("interrupted");
  }

  /** While something else has the terminal: Ctrl-C is meant for it, and comes here as well. */
  async pause<T>(use: () => Promise<T>): Promise<T> {
    this.#paused = true;
    try {
      return await use();
    } finally {
      this.#paused = false;
    }
  }

  end(): void {
    for (const signal of SIGNALS) process.off(signal, this.#hear);
  }
}

/** The person does not want to go on. Not a failure. */
export class Stopped extends Error {}
