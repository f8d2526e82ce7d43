import { CountersignError, type ObjectId } from "@countersign/core";
import { type GitContext, throwIfEnded } from "../process/context.ts";
import { type RunningGit, spawnGit } from "../process/git.ts";
import { BatchParser, type StoredObject } from "./batch-parser.ts";
import { asMissingObject, isNotFetched } from "./missing-object.ts";

interface Request {
  readonly name: string;
  readonly limit: number;
  answer(object: StoredObject | undefined): void;
  fail(error: unknown): void;
}

/** Small objects are asked for again and again: the tip, its tree, the policy's. */
const SMALL = 16 * 1024;
const MOST_KEPT = 50_000;
const KEPT_BYTES = 8 * 1024 * 1024;

/**
 * One long-lived `git cat-file --batch`. Answers come in the order of the requests, so any number may be under way.
 * Only full ids are ever asked for (with `^{commit}` or `^{tree}` behind them): a name could mean two things.
 */
export class ObjectReader {
  readonly #context: GitContext;
  #git: RunningGit | undefined;
  readonly #known = new Map<string, StoredObject>();
  #keptBytes = 0;
  #requests: Request[] = [];
  #unsent = "";
  #failure: unknown;

  constructor(context: GitContext) {
    this.#context = context;
    this.#start();
  }

  #start(): RunningGit {
    const git = spawnGit(this.#context, ["cat-file", "--batch"]);
    this.#git = git;
    const parser = new BatchParser(() => Math.max(this.#requests[0]?.limit ?? 0, SMALL));
    git.stdout.on("data", (chunk: Buffer) => this.#receive(parser, chunk));
    git.ended.then(
      () =>
        this.#fail(
          new CountersignError("GIT_FAILED", { command: "git cat-file --batch", end: "an early end", said: "" }),
        ),
      (error) => this.#recover(asMissingObject(error)),
    );
    return git;
  }

  /**
   * In a partial clone git ends at an object that it may not fetch, where it would say of any other that it is missing:
   * that is the answer to the question it was at, and the next ones are for another git.
   */
  #recover(error: unknown): void {
    const [absent] = this.#requests;
    if (!absent || !isNotFetched(error)) {
      this.#fail(error);
      return;
    }
    this.#git = undefined;
    this.#requests.shift();
    absent.answer(undefined);
    if (this.#requests.length === 0) return;
    this.#unsent = this.#requests.map(({ name }) => `${name}\n`).join("");
    this.#send();
  }

  /** The object, or undefined if it is absent. No more than `limit` bytes are kept. */
  async read(oid: ObjectId, limit: number, peel: "" | "^{commit}" | "^{tree}" = ""): Promise<StoredObject | undefined> {
    this.throwIfEnded();
    if (this.#failure !== undefined) throw this.#failure;
    const name = `${oid}${peel}`;
    const known = this.#known.get(name);
    if (known) return cut(known, limit);
    // What is asked for in one go, by all that is under way, is sent in one: each time git is woken costs more than
    // its answer.
    if (this.#unsent === "") process.nextTick(() => this.#send());
    this.#unsent += `${name}\n`;
    return new Promise((answer, fail) => {
      this.#requests.push({ name, limit, answer, fail });
    });
  }

  /** @throws `TIMED_OUT` */
  throwIfEnded(): void {
    throwIfEnded(this.#context);
  }

  /** @throws if git did not end well: then its answers are not to be relied on either. */
  async close(): Promise<void> {
    this.#send();
    this.#git?.stdin.end();
    await this.#git?.ended;
  }

  /** Ends git without regard to what it still had to say. */
  kill(): void {
    this.#git?.kill();
  }

  #send(): void {
    if (this.#unsent === "") return;
    (this.#git ?? this.#start()).stdin.write(this.#unsent);
    this.#unsent = "";
  }

  #keep(name: string, { bytes, ...object }: StoredObject): void {
    this.#keptBytes += object.size;
    if (this.#known.size > MOST_KEPT || this.#keptBytes > KEPT_BYTES) {
      this.#known.clear();
      this.#keptBytes = object.size;
    }
    // A copy: the whole chunk that it came in would be kept otherwise.
    const kept = { ...object, bytes: Buffer.from(bytes) };
    this.#known.set(name, kept);
    if (name !== object.oid) this.#known.set(object.oid, kept);
  }

  #receive(parser: BatchParser, chunk: Buffer): void {
    try {
      for (const object of parser.parse(chunk)) {
        const request = this.#requests.shift();
        if (!request)
          throw new CountersignError("GIT_FAILED", {
            command: "git cat-file --batch",
            end: "an answer to no question",
            said: "",
          });
        if (object && object.size <= SMALL) this.#keep(request.name, object);
        request.answer(object && cut(object, request.limit));
      }
    } catch (error) {
      this.#fail(error);
      this.#git?.kill();
    }
  }

  #fail(error: unknown): void {
    this.#failure ??= error;
    for (const request of this.#requests) request.fail(this.#failure);
    this.#requests = [];
  }
}

function cut(object: StoredObject, limit: number): StoredObject {
  return object.bytes.length <= limit ? object : { ...object, bytes: object.bytes.subarray(0, limit) };
}
