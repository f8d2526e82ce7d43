import type { Gate, QueuedGroup } from "@countersign/action";

/** What one repository waits for. */
export type Work =
  | { readonly kind: "request"; readonly number: number }
  /** All open requests that are to be merged into one of these branches; all where none is named. */
  | { readonly kind: "open"; readonly branches: readonly string[] }
  | { readonly kind: "queue"; readonly group: QueuedGroup };

/** What became of a piece of work. */
export type Log = (work: Work, outcome: string) => void;

/**
 * The work of one repository, a piece at a time. What waits already is not added a second time; what comes while the same is
 * being done is done once more afterwards.
 */
export class Queue {
  readonly #gate: Gate;
  readonly #log: Log;
  readonly #waiting = new Map<string, Work>();
  #running: Promise<void> | undefined;
  #stopped = false;

  constructor(gate: Gate, log: Log) {
    this.#gate = gate;
    this.#log = log;
  }

  add(work: Work): void {
    this.#waiting.set(JSON.stringify(work), work);
    this.#running ??= this.#run();
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /** Ends what is being done, and begins nothing more: it is found again at the next start. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    for (const [key, work] of this.#waiting) {
      if (this.#stopped) break;
      this.#waiting.delete(key);
      try {
        this.#log(work, await this.#do(work));
      } catch (error) {
        // A forge that does not answer is asked again at the next round.
        this.#log(work, `failed: ${error instanceof Error ? error.message : error}`);
      }
    }
    this.#running = undefined;
  }

  async #do(work: Work): Promise<string> {
    switch (work.kind) {
      case "request": {
        const settled = await this.#gate.settleRequest(work.number);
        return settled ? `${settled.state ?? "no status"}: ${settled.title}` : "not open";
      }
      case "queue": {
        const { state, title } = await this.#gate.settleQueue(work.group);
        return `${state ?? "no status"}: ${title}`;
      }
      case "open": {
        const numbers = await this.#gate.openRequests(work.branches);
        for (const number of numbers)
          this.#waiting.set(JSON.stringify({ kind: "request", number }), { kind: "request", number });
        return `${numbers.length} open`;
      }
    }
  }
}
