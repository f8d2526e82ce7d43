import { CountersignError } from "@countersign/core";

/** No setting makes it less: before this many seconds nobody has to ask for one. */
const SHORTEST = 1;

/**
 * How long judging may take, from when this is made. Unlike a timer it holds also while something else is computed. What is
 * set is asked for when the shortest of all limits is over: most pushes are judged before, and spare git the question.
 */
export class TimeLimit {
  readonly #start = Date.now();
  readonly #controller = new AbortController();
  readonly #readSetting: () => string;
  #seconds: number;
  #isKnown = false;

  /** How many seconds, unless something else is set. */
  constructor(seconds: number, readSetting: () => string = () => "") {
    this.#seconds = seconds;
    this.#readSetting = readSetting;
    this.#arm();
  }

  /** Ends every git that runs under it when time is up. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Milliseconds until it must be looked at again. @throws `TIMED_OUT` if time is up. */
  get left(): number {
    this.check();
    return Math.max(1, this.#next - Date.now());
  }

  /** @throws `TIMED_OUT` if time is up. */
  check(): void {
    if (Date.now() < this.#next) return;
    if (!this.#isKnown) {
      const value = this.#readSetting();
      if (/^[1-9][0-9]{0,5}$/.test(value)) this.#seconds = Number(value);
      this.#isKnown = true;
    }
    if (Date.now() >= this.#next) throw new CountersignError("TIMED_OUT", { seconds: this.#seconds });
  }

  get #next(): number {
    return this.#start + 1000 * (this.#isKnown ? this.#seconds : SHORTEST);
  }

  #arm(): void {
    // It keeps no process alive that has nothing else to do.
    setTimeout(() => this.#wake(), Math.max(1, this.#next - Date.now())).unref();
  }

  #wake(): void {
    try {
      this.check();
      this.#arm();
    } catch (fault) {
      this.#controller.abort(fault);
    }
  }
}
