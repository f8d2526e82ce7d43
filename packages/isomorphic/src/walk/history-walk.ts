import { COMMIT_BYTES_READ, CountersignError, type ObjectId, type RawCommit } from "@countersign/core";
import { unreadable } from "../store/faults.ts";
import type { ObjectStore } from "../store/object-store.ts";
import { type CommitLinks, readLinks } from "./commit-links.ts";
import { DateQueue } from "./date-queue.ts";

type Side = "wanted" | "excluded";

/**
 * A walk from parents to parents over two sides: commits that are wanted, and commits that are not, nor anything they
 * reach. Newer commits come first, which meets the common history soon where dates are true; no answer rests on a date.
 */
export class HistoryWalk {
  /** The wanted commits found so far. One leaves again when the other side reaches it. */
  readonly wanted = new Map<ObjectId, RawCommit>();
  /** Wanted commits whose parents were not looked at yet. */
  readonly open = new Set<ObjectId>();
  /** Excluded commits whose parents were not looked at yet. */
  readonly frontier = new Set<ObjectId>();
  readonly #excluded = new Set<ObjectId>();
  readonly #links = new Map<ObjectId, CommitLinks>();
  readonly #absent = new Set<ObjectId>();
  readonly #queue = new DateQueue<ObjectId>();
  readonly #objects: ObjectStore;

  constructor(objects: ObjectStore) {
    this.#objects = objects;
  }

  /** Starts a side at a commit. @throws `OBJECT_MISSING` */
  async start(oid: ObjectId, side: Side): Promise<void> {
    await this.#visit(oid, side);
    if (this.#absent.has(oid)) throw new CountersignError("OBJECT_MISSING", { oid, wanted: "the commit" });
  }

  /** Goes on to the parents of the next commit, and returns that commit; undefined at the end of history. */
  async step(): Promise<ObjectId | undefined> {
    for (let oid = this.#queue.pop(); oid !== undefined; oid = this.#queue.pop()) {
      const side: Side = this.#excluded.has(oid) ? "excluded" : "wanted";
      // A commit that changed sides was queued twice; the first turn did the work.
      if (!(side === "wanted" ? this.open : this.frontier).delete(oid)) continue;
      for (const parent of this.parentsOf(oid)) await this.#visit(parent, side);
      return oid;
    }
    return undefined;
  }

  parentsOf(oid: ObjectId): readonly ObjectId[] {
    return this.#links.get(oid)?.parents ?? [];
  }

  /**
   * The first absent parent of these commits. Those of excluded commits are not needed: what a shallow clone lacks
   * lies beyond them.
   * @throws for a commit whose parents cannot be read, since what they bring is unknown.
   */
  findAbsentParent(oids: Iterable<ObjectId>): ObjectId | undefined {
    for (const oid of oids) {
      if (!this.#links.has(oid)) throw unreadable(`commit ${oid}`, "its tree or parents are malformed");
      const absent = this.parentsOf(oid).find((parent) => this.#absent.has(parent));
      if (absent !== undefined) return absent;
    }
    return undefined;
  }

  async #visit(oid: ObjectId, side: Side): Promise<void> {
    if (this.#excluded.has(oid) || (side === "wanted" && this.wanted.has(oid)) || this.#absent.has(oid)) return;
    const known = this.wanted.get(oid);
    if (known === undefined && !(await this.#load(oid, side))) return;
    if (side === "excluded") {
      this.#excluded.add(oid);
      this.wanted.delete(oid);
      this.open.delete(oid);
    }
    (side === "wanted" ? this.open : this.frontier).add(oid);
    this.#queue.push(oid, this.#links.get(oid)?.date ?? 0);
  }

  async #load(oid: ObjectId, side: Side): Promise<boolean> {
    const object = await this.#objects.find(oid);
    if (object?.type !== "commit") {
      this.#absent.add(oid);
      return false;
    }
    const links = readLinks(object.bytes);
    if (links) this.#links.set(oid, links);
    if (side === "wanted") this.wanted.set(oid, rawCommit(oid, object.bytes));
    return true;
  }
}

export function rawCommit(oid: ObjectId, bytes: Uint8Array): RawCommit {
  return { oid, size: bytes.length, bytes: bytes.subarray(0, COMMIT_BYTES_READ) };
}
