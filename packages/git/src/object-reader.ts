import { CountersignError, type ObjectId, parseObjectId } from "@countersign/core";
import { type GitContext, type RunningGit, startGit } from "./git.ts";

/** An object as `git cat-file --batch` gives it; `bytes` is cut at the limit that was asked for. */
export interface StoredObject {
  readonly oid: ObjectId;
  readonly type: string;
  readonly size: number;
  readonly bytes: Uint8Array;
}

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
  readonly #requests: Request[] = [];
  #next = 0;
  #buffered: Buffer = Buffer.alloc(0);
  /** The object whose bytes are being read. */
  #current: { oid: ObjectId; type: string; size: number; kept: Buffer[]; seen: number } | undefined;
  #failure: unknown;
  #closed = false;

  constructor(context: GitContext) {
    this.#git = startGit(context, ["cat-file", "--batch"]);
    this.#git.stdout.on("data", (chunk: Buffer) => this.#receive(chunk));
    this.#git.ended.then(
      () => this.#end(new CountersignError("GIT_FAILED", { command: "git cat-file --batch", end: "an early end", said: "" })),
      (error) => this.#end(error),
    );
  }

  /** The object, or undefined where it is absent. No more than `limit` bytes are kept. */
  read(oid: ObjectId, limit: number, peel: "" | "^{commit}" | "^{tree}" = ""): Promise<StoredObject | undefined> {
    this.#git.stdin.write(`${oid}${peel}\n`);
    return this.#expect(limit);
  }

  /** The same for many objects, asked for in one write. */
  readAll(oids: readonly ObjectId[], limit: number): readonly Promise<StoredObject | undefined>[] {
    this.#git.stdin.write(`${oids.join("\n")}\n`);
    return oids.map(() => this.#expect(limit));
  }

  #expect(limit: number): Promise<StoredObject | undefined> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    const answer = new Promise<StoredObject | undefined>((resolve, reject) => {
      this.#requests.push({ limit, answer: resolve, fail: reject });
    });
    // Some are read ahead and never asked for, when their reader stops early.
    answer.catch(() => {});
    return answer;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#git.stdin.end();
    await this.#git.ended.catch(() => {});
  }

  #receive(chunk: Buffer): void {
    this.#buffered = this.#buffered.length === 0 ? chunk : Buffer.concat([this.#buffered, chunk]);
    try {
      while (this.#current ? this.#readBody() : this.#readHeader());
    } catch (error) {
      this.#end(error);
      this.#git.kill();
    }
  }

  /** `<oid> <type> <size>`, or `<request> missing`. Returns whether there may be more to read. */
  #readHeader(): boolean {
    const lf = this.#buffered.indexOf(0x0a);
    if (lf < 0) return false;
    const line = this.#buffered.toString("latin1", 0, lf);
    this.#buffered = this.#buffered.subarray(lf + 1);
    const [oid = "", type = "", size = ""] = line.split(" ");
    if (type === "missing" || type === "ambiguous") {
      this.#take().answer(undefined);
      return true;
    }
    this.#current = { oid: parseObjectId(oid), type, size: Number(size), kept: [], seen: 0 };
    return true;
  }

  #readBody(): boolean {
    const current = this.#current;
    if (!current || this.#buffered.length === 0) return false;
    const limit = this.#requests[this.#next]?.limit ?? 0;
    const part = this.#buffered.subarray(0, current.size - current.seen);
    const room = limit - current.seen;
    if (room > 0 && part.length > 0) current.kept.push(part.subarray(0, room));
    current.seen += part.length;
    this.#buffered = this.#buffered.subarray(part.length);
    // A line feed follows the object's bytes.
    if (current.seen < current.size || this.#buffered.length === 0) return false;
    this.#buffered = this.#buffered.subarray(1);
    this.#current = undefined;
    const { oid, type, size, kept } = current;
    this.#take().answer({ oid, type, size, bytes: kept.length === 1 ? (kept[0] as Buffer) : Buffer.concat(kept) });
    return true;
  }

  #take(): Request {
    const request = this.#requests[this.#next];
    if (!request) throw new CountersignError("GIT_FAILED", { command: "git cat-file --batch", end: "an answer to no question", said: "" });
    this.#next += 1;
    // The answered ones are dropped now and then, so that the list stays as long as what is under way.
    if (this.#next > 1024) {
      this.#requests.splice(0, this.#next);
      this.#next = 0;
    }
    return request;
  }

  #end(error: unknown): void {
    if (this.#closed && this.#next === this.#requests.length) return;
    this.#failure ??= error;
    for (const request of this.#requests.splice(this.#next)) request.fail(this.#failure);
    this.#requests.length = 0;
    this.#next = 0;
  }
}
