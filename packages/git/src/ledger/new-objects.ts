import { type ObjectFormat, type ObjectId, parseObjectId, type RawCommit } from "@countersign/core";
import { formatTree, type LedgerRepository, objectId, type RawEntry, readEntries } from "@countersign/core/internal";
import type { GitContext } from "../process/context.ts";
import { type PackedObject, writePack } from "./write-pack.ts";

/** A repository with objects that it does not have yet: what is about to be written is read like all the rest. */
export class NewObjects implements LedgerRepository {
  readonly format: ObjectFormat;
  readonly #repository: LedgerRepository;
  readonly #added = new Map<ObjectId, PackedObject>();

  constructor(repository: LedgerRepository) {
    this.#repository = repository;
    this.format = repository.format;
  }

  addBlob(bytes: Uint8Array): ObjectId {
    return this.#add({ type: "blob", bytes });
  }

  /** The entries must be in git's order. */
  addTree(entries: readonly RawEntry[]): ObjectId {
    return this.#add({ type: "tree", bytes: formatTree(entries) });
  }

  /** Stores what is new of a tree, and nothing else. */
  async write(context: GitContext, tree: ObjectId): Promise<void> {
    const needed = new Map<ObjectId, PackedObject>();
    const open = [tree];
    for (let oid = open.pop(); oid; oid = open.pop()) {
      const object = this.#added.get(oid);
      if (!object || needed.has(oid)) continue;
      needed.set(oid, object);
      if (object.type === "blob") continue;
      for (const { id } of readEntries(object.bytes, this.format)) open.push(hexId(id));
    }
    if (needed.size > 0) await writePack(context, this.format, [...needed.values()]);
  }

  async tree(oid: ObjectId, limit: number): Promise<Uint8Array> {
    return this.#added.get(oid)?.bytes ?? this.#repository.tree(oid, limit);
  }

  async blob(oid: ObjectId, limit: number): Promise<Uint8Array> {
    return this.#added.get(oid)?.bytes ?? this.#repository.blob(oid, limit);
  }

  commit(oid: ObjectId): Promise<RawCommit> {
    return this.#repository.commit(oid);
  }

  #add(object: PackedObject): ObjectId {
    const oid = objectId(object.type, object.bytes, this.format);
    this.#added.set(oid, object);
    return oid;
  }
}

function hexId(id: Uint8Array): ObjectId {
  return parseObjectId(Buffer.from(id).toString("hex"));
}
