import { CountersignError } from "@countersign/core";

/** The setting that says how many seconds judging may take. */
const SETTING = "countersign.timeout";

/** How long judging may take, from when this is made. Unlike a timer it holds also while something else is computed. */
export class TimeLimit {
  readonly #start = Date.now();
  readonly #controller = new AbortController();
  #seconds: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(seconds: number) {
    this.#seconds = seconds;
    this.#arm();
  }

  /** Ends every git that runs under it when time is up. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** When time is up, in milliseconds since 1970. */
  get end(): number {
    return this.#start + 1000 * this.#seconds;
  }

  /** Milliseconds until then. @throws `TIMED_OUT` where there are none. */
  get left(): number {
    this.check();
    return Math.max(1, this.end - Date.now());
  }

  /** @throws `TIMED_OUT` where time is up. */
  check(): void {
    if (this.end <= Date.now()) throw this.#fault();
  }

  /** Takes the seconds that git's configuration gives, if it gives any. */
  async configure(repository: { setting(name: string): Promise<string | undefined> }): Promise<void> {
    const value = (await repository.setting(SETTING))?.trim() ?? "";
    if (!/^[1-9][0-9]{0,5}$/.test(value)) return;
    this.#seconds = Number(value);
    this.#arm();
  }

  #arm(): void {
    clearTimeout(this.#timer);
    // It keeps no process alive that has nothing else to do.
    this.#timer = setTimeout(() => this.#controller.abort(this.#fault()), this.end - Date.now()).unref();
  }

  #fault(): CountersignError {
    return new CountersignError("TIMED_OUT", { seconds: this.#seconds });
  }
}
