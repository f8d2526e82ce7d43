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

type RawChange = Change & { readonly path: Buffer };

const RAW = /^:(\d{6}) (\d{6}) ([0-9a-f]+) ([0-9a-f]+) ([ADMT])$/;

/** Reads such output as it comes: a change, after all changes their line counts, and an id where git prints one. */
export async function* readRawDiff(stream: AsyncIterable<Buffer>): AsyncGenerator<RawRecord> {
  const reader = new RawDiffReader();
  for await (const chunk of stream) yield* reader.read(chunk);
  reader.end();
}

/** The same, a piece at a time. Pieces may break anywhere. */
export class RawDiffReader {
  #rest: Buffer = Buffer.alloc(0);
  /** A change whose path is still to come. */
  #open: Omit<RawChange, "path"> | undefined;

  *read(chunk: Buffer): Generator<RawRecord> {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let at = 0;
    for (let nul = bytes.indexOf(0); nul >= 0; nul = bytes.indexOf(0, at)) {
      const record = this.#readField(bytes.subarray(at, nul));
      at = nul + 1;
      if (record !== undefined) yield record;
    }
    this.#rest = bytes.subarray(at);
  }

  /** @throws where the output ends within a record. */
  end(): void {
    if (this.#rest.length > 0) throw incomplete("a record without an end");
  }

  #readField(field: Buffer): RawRecord | undefined {
    if (this.#open) {
      const change = { ...this.#open, path: field };
      this.#open = undefined;
      return change;
    }
    const text = field.toString("latin1");
    if (isObjectId(text)) return text;
    const count = /^(\d+|-)\t(\d+|-)\t/.exec(text);
    // A hyphen stands for a file that git takes for binary, be it by an attribute; its lines stay uncounted here.
    if (count?.[1] === "-") return undefined;
    if (count) return { path: field.subarray(count[0].length), added: Number(count[1]), deleted: Number(count[2]) };
    const raw = RAW.exec(text);
    if (!raw) throw incomplete(`an unreadable record: ${text.slice(0, 80)}`);
    const [, oldMode = "", newMode = "", oldOid = "", newOid = "", status = ""] = raw;
    this.#open = {
      oldMode,
      newMode,
      oldOid: oldOid as ObjectId,
      newOid: newOid as ObjectId,
      status: status as Change["status"],
    };
    return undefined;
  }
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
