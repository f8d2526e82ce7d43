import { type Change, CountersignError, isObjectId, type ObjectId } from "@countersign/core";

/**
 * Every setting that could alter what git's diff programs print is given: no renames, no text conversion, no configured
 * order or external program, full ids, NUL-ended records.
 */
export const RAW_DIFF = [
  "--raw",
  "-z",
  "--no-abbrev",
  "--no-renames",
  "--no-ext-diff",
  "--no-textconv",
  "--no-relative",
  "-O/dev/null",
  "--ignore-submodules=none",
];

/** Lines are counted over all files as text and by the smallest difference, so that no attribute or setting matters. */
export const COUNT_LINES = ["--numstat", "--text", "--minimal"];

export interface LineCount {
  readonly path: Buffer;
  readonly added: number;
  readonly deleted: number;
}

/** A commit's id, a change, or the line count of a change that came before. */
export type RawRecord = string | RawChange | LineCount;

export type RawChange = Change & { readonly path: Buffer };

const COLON = 0x3a;
const RAW = /^:\d{6} \d{6} ([0-9a-f]{40}|[0-9a-f]{64}) ([0-9a-f]{40}|[0-9a-f]{64}) [ADMT]$/;
/** Where the ids begin in such a record, and what stands around the two. */
const IDS = ":100644 100644 ".length;
const AROUND_IDS = ":100644 100644   M".length;

/**
 * Reads such output as it comes, by the piece: changes, after all changes their line counts, and an id where git prints one.
 * One turn for each record would cost more than to read it.
 */
export async function* readRawDiff(stream: AsyncIterable<Buffer>): AsyncGenerator<Iterable<RawRecord>> {
  const reader = new RawDiffReader();
  for await (const chunk of stream) yield reader.read(chunk);
  reader.end();
}

/** The same, a piece at a time. Pieces may break anywhere. */
export class RawDiffReader {
  #rest: Buffer = Buffer.alloc(0);
  /** The record of a change whose path is still to come. */
  #open: Buffer | undefined;
  #last: RawChange | undefined;

  *read(chunk: Buffer): Generator<RawRecord> {
    let at = 0;
    for (let nul = chunk.indexOf(0); nul >= 0; nul = chunk.indexOf(0, at)) {
      const record = this.#readField(this.#whole(chunk.subarray(at, nul)));
      at = nul + 1;
      if (record !== undefined) yield record;
    }
    this.#rest = this.#whole(chunk.subarray(at));
  }

  /** @throws if the output ends within a record. */
  end(): void {
    if (this.#rest.length > 0) throw incomplete("a record without an end");
  }

  /** A field with what came of it in the piece before. */
  #whole(end: Buffer): Buffer {
    const start = this.#rest;
    if (start.length === 0) return end;
    this.#rest = Buffer.alloc(0);
    return Buffer.concat([start, end]);
  }

  #readField(field: Buffer): RawRecord | undefined {
    if (this.#open) {
      const change = this.#readChange(this.#open, field);
      this.#open = undefined;
      return change;
    }
    const text = field.toString("latin1");
    if (field[0] === COLON && RAW.test(text)) {
      this.#open = field;
      return undefined;
    }
    if (isObjectId(text)) return text;
    const count = /^(\d+|-)\t(\d+|-)\t/.exec(text);
    // A hyphen stands for a file that git takes for binary, by an attribute too; its lines stay uncounted here.
    if (count?.[1] === "-") return undefined;
    if (count) return { path: field.subarray(count[0].length), added: Number(count[1]), deleted: Number(count[2]) };
    throw incomplete(`an unreadable record: ${text.slice(0, 80)}`);
  }

  /** Copies all of it: a commit can change very many paths, and a part of a text or of a piece keeps the whole in memory. */
  #readChange(raw: Buffer, path: Buffer): RawChange {
    const end = IDS + (raw.length - AROUND_IDS) / 2;
    const last = this.#last;
    const change: RawChange = {
      path: Buffer.from(path),
      oldMode: again(raw.toString("latin1", 1, 7), last?.oldMode),
      newMode: again(raw.toString("latin1", 8, 14), last?.newMode),
      oldOid: again(raw.toString("latin1", IDS, end) as ObjectId, last?.oldOid),
      newOid: again(raw.toString("latin1", end + 1, raw.length - 2) as ObjectId, last?.newOid),
      status: again(raw.toString("latin1", raw.length - 1) as Change["status"], last?.status),
    };
    this.#last = change;
    return change;
  }
}

/** The last text where the next is equal to it: what comes very often is kept once. */
function again<Text extends string>(next: Text, last: Text | undefined): Text {
  return last === next ? last : next;
}

/** Gives changes the lines that were counted for them, once all of the changes are known. */
export class LineCounts {
  readonly #changes: Change[];
  #open: Map<string, number[]> | undefined;

  constructor(changes: Change[]) {
    this.#changes = changes;
  }

  add({ path, added, deleted }: LineCount): void {
    // Looked up by path: a search through thousands of changes for each of them would take seconds.
    this.#open ??= this.#indexPaths();
    const index = this.#open.get(path.toString("latin1"))?.shift();
    const change = index === undefined ? undefined : this.#changes[index];
    if (index !== undefined && change) this.#changes[index] = { ...change, lines: { added, deleted } };
  }

  /** A forged tree can hold a path twice. */
  #indexPaths(): Map<string, number[]> {
    const indexes = new Map<string, number[]>();
    for (const [index, { path }] of this.#changes.entries()) {
      const key = Buffer.from(path).toString("latin1");
      const same = indexes.get(key);
      if (same) same.push(index);
      else indexes.set(key, [index]);
    }
    return indexes;
  }
}

/** git printed less than it was asked for, or something else. */
export function incomplete(problem: string): CountersignError {
  return new CountersignError("GIT_FAILED", { command: "git diff --raw", end: problem, said: "" });
}
