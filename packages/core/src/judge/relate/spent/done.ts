import { equalBytes } from "../../../bytes.ts";
import { Effort } from "../../../diff/effort.ts";
import { MOST_BYTES, whyNoText } from "../../../diff/text.ts";
import { CountersignError } from "../../../error.ts";
import { type Entry, isSameEntry, newEntry, oldEntry } from "../../../merge/entry.ts";
import { countGrowth } from "../../../merge/keeps-places.ts";
import { settle } from "../../../merge/merge-entries.ts";
import { mergeLines } from "../../../merge/merge-lines.ts";
import type { BlobReader } from "../../../merge/merge-reader.ts";
import { placeLines } from "../../../merge/place-lines.ts";
import type { Change } from "../../../object/change.ts";
import { isRegularFile } from "../../../object/mode.ts";

/** An approved change of a path: what stood there before it, and after. */
export interface ApprovedPath {
  readonly before: Entry;
  readonly after: Entry;
}

/** The two sides of an approved change. */
export function approvedPath(change: Change): ApprovedPath {
  return { before: oldEntry(change), after: newEntry(change) };
}

/**
 * What a change would still do to a file: nothing; or lines by how often they come or go, which is none if it would only
 * put them in another order; or it cannot be said.
 */
type Lacking = "nothing" | "conflict" | Growth;

/** How often more each line is there; fewer is below 0. */
type Growth = ReadonlyMap<string, number>;

/** Compares how far an approved change of a path is done in what stands there at different times. */
export class Progress {
  readonly #repository: BlobReader;
  readonly #effort = Effort.forMany();

  constructor(repository: BlobReader) {
    this.#repository = repository;
  }

  /** Whether the change is wholly done in what stands there. */
  async isDone(approved: ApprovedPath, now: Entry): Promise<boolean> {
    return (await this.#lacking(approved, now)) === "nothing";
  }

  /**
   * Whether an approved change is less done in `now` than in `was`: merging it would add or remove lines, wherever they
   * stand, that it would not before. Where it cannot be merged, whether a line that it adds goes or one that it removes
   * comes, under the same lines.
   */
  async isLessDone(approved: ApprovedPath, was: Entry, now: Entry): Promise<boolean> {
    const before = await this.#lacking(approved, was);
    const after = await this.#lacking(approved, now);
    // What is too much work to say keeps the co-sign from counting: unknown is not none.
    if (this.#effort.isExhausted) return true;
    if (before !== "conflict" && after !== "conflict") {
      if (after === "nothing") return false;
      if (before === "nothing" || exceeds(after, before)) return true;
      return this.#isLessThere(approved, was, now);
    }
    return (await this.#placesTakenOut(approved, was, now)) ?? before === "nothing";
  }

  /**
   * Whether less of a change could be taken back in `now` than in `was`. Where lines repeat, a merge may put in once more
   * what is there already, so that it seems to lack as much after it was taken out.
   */
  async #isLessThere({ before, after }: ApprovedPath, was: Entry, now: Entry): Promise<boolean> {
    const inverse = { before: after, after: before };
    const there = await this.#lacking(inverse, was);
    if (there === "nothing" || there === "conflict") return false;
    const left = await this.#lacking(inverse, now);
    return left === "nothing" || left === "conflict" || exceeds(there, left);
  }

  async #lacking({ before, after }: ApprovedPath, have: Entry): Promise<Lacking> {
    if (isSameEntry(have, after) || isSameEntry(before, after)) return "nothing";
    if (isSameEntry(before, have)) return this.#growth(have, after, await this.#bytes(after));
    if (![before, have, after].every(({ mode }) => isRegularFile(mode))) return "conflict";
    const mode = settle(before.mode, have.mode, after.mode);
    if (mode === undefined) return "conflict";
    const bytes = await this.#merged({ before, after }, have);
    return bytes ? this.#growth(have, { ...have, mode }, bytes) : "conflict";
  }

  /** The bytes of the file with the change merged into it. */
  async #merged({ before, after }: ApprovedPath, have: Entry): Promise<Uint8Array | undefined> {
    const oid = settle(before.oid, have.oid, after.oid);
    if (oid !== undefined) return this.#bytes({ ...have, oid });
    const [old, ours, theirs] = [await this.#bytes(before), await this.#bytes(have), await this.#bytes(after)];
    if (!old || !ours || !theirs) return undefined;
    const merged = this.#effort.one((one) => mergeLines(old, ours, theirs, one));
    return merged.clean ? merged.bytes : undefined;
  }

  /** What comes and goes between what stands at a path and what would. */
  async #growth(from: Entry, to: Entry, bytes: Uint8Array | undefined): Promise<Lacking> {
    const before = await this.#bytes(from);
    const growth = new Map<string, number>();
    const add = (key: string, times: number): void => {
      const sum = (growth.get(key) ?? 0) + times;
      if (sum === 0) growth.delete(key);
      else growth.set(key, sum);
    };
    add(`mode ${from.mode}`, -1);
    add(`mode ${to.mode}`, 1);
    if (isText(before) && isText(bytes)) {
      if (from.mode === to.mode && equalBytes(before, bytes)) return "nothing";
      for (const [line, times] of this.#lineGrowth(before, bytes)) add(line, times);
      return growth;
    }
    add(`object ${from.oid}`, -1);
    add(`object ${to.oid}`, 1);
    return growth.size === 0 ? "nothing" : growth;
  }

  #lineGrowth(before: Uint8Array, after: Uint8Array): Growth {
    const growth = new Map<string, number>();
    this.#effort.spend(before.length + after.length);
    for (const [text, times] of [
      [before, -1],
      [after, 1],
    ] as const) {
      for (const line of latin1.decode(text).split("\n"))
        growth.set(`line ${line}`, (growth.get(`line ${line}`) ?? 0) + times);
    }
    return growth;
  }

  /** Whether part of the change goes, by lines under the same lines; undefined for what is not text. */
  async #placesTakenOut({ before, after }: ApprovedPath, was: Entry, now: Entry): Promise<boolean | undefined> {
    const files: Uint8Array[] = [];
    for (const entry of [before, after, was, now]) {
      const bytes = await this.#bytes(entry);
      if (!isText(bytes)) return undefined;
      files.push(bytes);
    }
    const placed = this.#effort.one((one) => placeLines(files, one));
    if (!placed) return undefined;
    const [old, wanted, had, has] = placed.places;
    if (!old || !wanted || !had || !has) return undefined;
    const approved = countGrowth(old, wanted, placed.count);
    return countGrowth(had, has, placed.count).some((times, place) => times * (approved[place] ?? 0) < 0);
  }

  /** What a path has, as bytes: nothing where it is absent, undefined if it is not a file or too large. */
  async #bytes({ mode, oid }: Entry): Promise<Uint8Array | undefined> {
    if (!isRegularFile(mode)) return mode === "000000" ? new Uint8Array() : undefined;
    try {
      return await this.#repository.blob(oid, MOST_BYTES);
    } catch (error) {
      if (error instanceof CountersignError && error.code === "BLOB_TOO_LARGE") return undefined;
      throw error;
    }
  }
}

/** Whether some line comes or goes more often than in another growth. */
function exceeds(growth: Growth, other: Growth): boolean {
  return [...growth].some(([line, times]) => {
    const already = other.get(line) ?? 0;
    return times > 0 ? times > already : times < already;
  });
}

const latin1 = new TextDecoder("latin1");

function isText(bytes: Uint8Array | undefined): bytes is Uint8Array {
  return bytes !== undefined && whyNoText(bytes) === undefined;
}
