import type { Effort } from "../diff/effort.ts";
import { type CleanEntry, type Entry, isSameEntry, newEntry, oldEntry } from "../merge/entry.ts";
import { mergeEntries } from "../merge/merge-entries.ts";
import { mergeFiles } from "../merge/merge-files.ts";
import type { BlobReader } from "../merge/merge-reader.ts";
import { pathKey } from "../merge/merged-paths.ts";
import type { Change } from "../object/change.ts";
import type { ObjectId } from "../object/oid.ts";
import type { CommitParents, Repository } from "../repository.ts";

/** The tree of a commit while other commits are taken back in it, one after the other, at the paths that they touch. */
export class TakenBack implements BlobReader {
  readonly format;
  readonly #repository: Repository;
  readonly #head: ObjectId;
  readonly #effort: Effort;
  /** What stands at each path now, and what should in the end. */
  readonly #now = new Map<string, Entry>();
  readonly #goal = new Map<string, Entry>();
  /** Files that came out of a merge, which need not be stored anywhere. */
  readonly #merged = new Map<ObjectId, Uint8Array>();

  /** `changes` lead from the commit to where taking back should lead. */
  constructor(repository: Repository, head: ObjectId, changes: readonly Change[], effort: Effort) {
    this.format = repository.format;
    this.#repository = repository;
    this.#head = head;
    this.#effort = effort;
    for (const change of changes) {
      this.#now.set(pathKey(change.path), oldEntry(change));
      this.#goal.set(pathKey(change.path), newEntry(change));
    }
  }

  get isDone(): boolean {
    return [...this.#goal].every(([key, entry]) => isSameEntry(entry, this.#now.get(key) ?? entry));
  }

  /** Takes commits back; false if one cannot be without someone's help. */
  async takeBack(commits: readonly CommitParents[]): Promise<boolean> {
    for (const commit of commits) {
      const moved = new Map<string, Entry>();
      for (const change of await this.#changes({ oid: this.#head, parents: [commit.oid] })) {
        moved.set(pathKey(change.path), newEntry(change));
      }
      for (const change of await this.#changes(commit)) {
        const key = pathKey(change.path);
        const known = this.#now.get(key);
        const now = known ?? moved.get(key) ?? newEntry(change);
        // What is not to change ends as it is.
        if (!known) this.#goal.set(key, now);
        const merged = await mergeEntries(this, newEntry(change), now, oldEntry(change), this.#effort);
        if (!merged) return false;
        await this.#keep(merged);
        this.#now.set(key, merged);
      }
    }
    return true;
  }

  async blob(oid: ObjectId, limit: number): Promise<Uint8Array> {
    return this.#merged.get(oid) ?? this.#repository.blob(oid, limit);
  }

  async #keep({ oid, mergedFrom }: CleanEntry): Promise<void> {
    const bytes = mergedFrom && (await mergeFiles(this, mergedFrom, this.#effort));
    if (bytes) this.#merged.set(oid, bytes);
  }

  async #changes(pair: CommitParents): Promise<readonly Change[]> {
    for await (const { changes } of this.#repository.changes([pair])) return changes;
    return [];
  }
}
