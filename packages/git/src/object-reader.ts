import { CountersignError, type ObjectId } from "@countersign/core";
import { BatchParser, type StoredObject } from "./batch-parser.ts";
import { type GitContext, type RunningGit, startGit } from "./git.ts";

interface Request {
  readonly limit: number;
  answer(object: StoredObject | undefined): void;
  fail(error: unknown): void;
}

/**
 * One long-lived `git cat-file --batch`. Answers come in the order of the requests, so any number may be under way.
 * Only full ids are ever asked for (with `^{commit}` or `^{tree}` behind them): a name could mean two things.
 */
export class ObjectReader {
  readonly #git: RunningGit;
  readonly #parser: BatchParser;
  #requests: Request[] = [];
  #failure: unknown;

  constructor(context: GitContext) {
    this.#git = startGit(context, ["cat-file", "--batch"]);
    this.#parser = new BatchParser(() => this.#requests[0]?.limit ?? 0);
    this.#git.stdout.on("data", (chunk: Buffer) => this.#receive(chunk));
    this.#git.ended.then(
      () =>
        this.#fail(
          new CountersignError("GIT_FAILED", { command: "git cat-file --batch", end: "an early end", said: "" }),
        ),
      (error) => this.#fail(error),
    );
  }

  /** The object, or undefined where it is absent. No more than `limit` bytes are kept. */
  read(oid: ObjectId, limit: number, peel: "" | "^{commit}" | "^{tree}" = ""): Promise<StoredObject | undefined> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    this.#git.stdin.write(`${oid}${peel}\n`);
    return new Promise((answer, fail) => {
      this.#requests.push({ limit, answer, fail });
    });
  }

  /** @throws where git did not end well: then its answers are not to be relied on either. */
  async close(): Promise<void> {
    this.#git.stdin.end();
    await this.#git.ended;
  }

  #receive(chunk: Buffer): void {
    try {
      for (const object of this.#parser.parse(chunk)) {
        const request = this.#requests.shift();
        if (!request)
          throw new CountersignError("GIT_FAILED", {
            command: "git cat-file --batch",
            end: "an answer to no question",
            said: "",
          });
        request.answer(object);
      }
    } catch (error) {
      this.#fail(error);
      this.#git.kill();
    }
  }

  #fail(error: unknown): void {
    this.#failure ??= error;
    for (const request of this.#requests) request.fail(this.#failure);
    this.#requests = [];
  }
}
