import type { ObjectId } from "../../object/oid.ts";

/** A commit that a branch stood at. */
export interface LineCommit {
  readonly commit: ObjectId;
  /** Where the branch stood before; undefined at the beginning of its history. */
  readonly parent: ObjectId | undefined;
  /** When it was committed, in seconds since 1970; undefined if it does not say. */
  readonly time: number | undefined;
  /** Whether that parent is not its first one, so that first parents lead away from the branch. */
  readonly hidesLine: boolean;
}

/** How many ids are kept as one text. */
const BLOCK = 1_000;

/** The commits that a branch stood at, the oldest first, in fifty bytes for each: there may be a million. */
export class Line {
  /** The ids of so many commits, the newest first, one behind the other. */
  readonly #blocks: string[] = [];
  #open: ObjectId[] = [];
  readonly #times: number[] = [];
  /** By their number, the newest first. */
  readonly #hiding = new Set<number>();
  /** The parent of the oldest one. */
  #behind: ObjectId | undefined;

  get length(): number {
    return this.#times.length;
  }

  /** Adds the commit that the branch stood at before all others. */
  addOlder({ commit, parent, time, hidesLine }: LineCommit): void {
    if (hidesLine) this.#hiding.add(this.length);
    this.#times.push(time ?? Number.NaN);
    this.#behind = parent;
    this.#open.push(commit);
    if (this.#open.length < BLOCK) return;
    this.#blocks.push(this.#open.join(""));
    this.#open = [];
  }

  at(index: number): LineCommit | undefined {
    const number = this.length - 1 - index;
    const commit = this.#idOf(number);
    if (commit === undefined) return undefined;
    const parent = index === 0 ? this.#behind : this.#idOf(number + 1);
    return { commit, parent, time: this.timeAt(index), hidesLine: this.#hiding.has(number) };
  }

  /** When a commit of it was committed, in seconds since 1970. */
  timeAt(index: number): number | undefined {
    const time = this.#times[this.length - 1 - index];
    return time === undefined || Number.isNaN(time) ? undefined : time;
  }

  slice(from: number, end: number = this.length): readonly LineCommit[] {
    return Array.from({ length: Math.min(end, this.length) - from }, (_, offset) => this.at(from + offset)).filter(
      (at) => at !== undefined,
    );
  }

  /** The places of those commits that are on it. */
  placesOf(commits: ReadonlySet<ObjectId>): ReadonlyMap<ObjectId, number> {
    const places = new Map<ObjectId, number>();
    for (let number = 0; number < this.length; number += 1) {
      const oid = this.#idOf(number);
      if (oid !== undefined && commits.has(oid)) places.set(oid, this.length - 1 - number);
    }
    return places;
  }

  #idOf(number: number): ObjectId | undefined {
    const block = this.#blocks[Math.floor(number / BLOCK)];
    if (block === undefined) return this.#open[number - this.#blocks.length * BLOCK];
    const size = block.length / BLOCK;
    const start = (number % BLOCK) * size;
    // A part of a text of ids that were read as such.
    return block.slice(start, start + size) as ObjectId;
  }
}

/** When a commit of a line landed at the earliest, in seconds since 1970: not before the one that it came upon, nor after now. */
export function landedAt(line: Line, index: number, now: number): number {
  const before = line.timeAt(index - 1) ?? Number.NEGATIVE_INFINITY;
  return Math.min(now, Math.max(line.timeAt(index) ?? now, before));
}
