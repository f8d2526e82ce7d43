import type { Change, ObjectId } from "@countersign/core";
import { isZeroOid } from "@countersign/core/internal";
import { type GitContext, ObjectReader } from "@countersign/git/internal";
import type { Mark } from "../marks/mark.ts";
import { hashAll, LARGEST_TEXT, readLines } from "./lines.ts";

/** The lines of staged files and of what they replace, read when they are first asked for. */
export class ChangedHashes {
  readonly #context: GitContext;
  #reader: ObjectReader | undefined;
  readonly #hashes = new Map<ObjectId, Promise<ReadonlySet<number> | undefined>>();

  constructor(context: GitContext) {
    this.#context = context;
  }

  /** Whether the change adds a line that the agent added, or removes most of what the agent removed. */
  async hold({ oldOid, newOid, newMode, status }: Change, { added, removed }: Mark): Promise<boolean> {
    if (status === "D" || newMode === SUBMODULE || added.length + removed.length === 0) return false;
    const [before, now] = await Promise.all([this.#read(oldOid), this.#read(newOid)]);
    if (!before || !now) return false;
    if (added.some((hash) => now.has(hash) && !before.has(hash))) return true;
    const there = removed.filter((hash) => before.has(hash));
    return there.filter((hash) => !now.has(hash)).length * 2 > there.length;
  }

  async close(): Promise<void> {
    await this.#reader?.close();
  }

  #read(oid: ObjectId): Promise<ReadonlySet<number> | undefined> {
    const known = this.#hashes.get(oid);
    if (known !== undefined) return known;
    const hashes = isZeroOid(oid) ? Promise.resolve(new Set<number>()) : this.#readBlob(oid);
    this.#hashes.set(oid, hashes);
    return hashes;
  }

  async #readBlob(oid: ObjectId): Promise<ReadonlySet<number> | undefined> {
    this.#reader ??= new ObjectReader(this.#context);
    const blob = await this.#reader.read(oid, LARGEST_TEXT + 1);
    const lines = blob?.type === "blob" ? readLines(blob.bytes) : undefined;
    return lines && hashAll(lines);
  }
}

const SUBMODULE = "160000";
