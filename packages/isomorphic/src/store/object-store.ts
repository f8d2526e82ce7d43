import { CountersignError, type ObjectId, parseObjectId } from "@countersign/core";
import { expandOid, readObject } from "isomorphic-git";
import { unreadable } from "./faults.ts";
import type { Files } from "./files.ts";

export type ObjectType = "commit" | "tree" | "blob" | "tag";

/** A git object without its header. */
export interface StoredObject {
  readonly type: ObjectType;
  readonly bytes: Uint8Array;
}

export interface ReadingOptions {
  /** isomorphic-git keeps whole packs here, since it can read no part of one. Several readers may share it. */
  readonly cache?: object;
  /** Ends the reading with the next object. */
  readonly signal?: AbortSignal;
}

/** Reads objects, loose or packed, by full id. Replacement refs are never consulted: isomorphic-git does not know them. */
export class ObjectStore {
  readonly #fs: Files;
  readonly #stores: readonly string[];
  readonly #signal: AbortSignal | undefined;
  #cache: object;

  constructor(fs: Files, stores: readonly string[], { cache = {}, signal }: ReadingOptions = {}) {
    this.#fs = fs;
    this.#stores = stores;
    this.#cache = cache;
    this.#signal = signal;
  }

  /** The object, or undefined if it is absent. */
  async find(oid: ObjectId): Promise<StoredObject | undefined> {
    this.throwIfEnded();
    for (const gitdir of this.#stores) {
      try {
        const { type, object } = await readObject({ fs: this.#fs, gitdir, oid, format: "content", cache: this.#cache });
        return { type: type as ObjectType, bytes: object as Uint8Array };
      } catch (error) {
        if (!isAbsence(error, oid)) throw unreadable(`object ${oid}`, error);
      }
    }
    return undefined;
  }

  /** @throws `OBJECT_MISSING` if there is no object of this type with this id. */
  async read(oid: ObjectId, type: ObjectType, wanted: string): Promise<Uint8Array> {
    const object = await this.find(oid);
    if (object?.type !== type) throw new CountersignError("OBJECT_MISSING", { oid, wanted });
    return object.bytes;
  }

  /** The whole id that begins so, if only one does. */
  async expand(start: string): Promise<ObjectId | undefined> {
    if (!/^[0-9a-f]{4,39}$/i.test(start)) return undefined;
    const found = new Set<string>();
    for (const gitdir of this.#stores) {
      try {
        found.add(await expandOid({ fs: this.#fs, gitdir, oid: start.toLowerCase(), cache: this.#cache }));
      } catch (error) {
        const { code } = error as { code?: string };
        if (code === "AmbiguousError") return undefined;
        if (code !== "NotFoundError") throw unreadable(`the objects that begin with ${start}`, error);
      }
    }
    const [oid, second] = found;
    return oid === undefined || second !== undefined ? undefined : parseObjectId(oid);
  }

  throwIfEnded(): void {
    this.#signal?.throwIfAborted();
  }

  /** Forgets the packs that were read. */
  close(): void {
    this.#cache = {};
  }
}

/** A missing delta base is reported like a missing object, with its own id; then the pack is damaged. */
function isAbsence(error: unknown, oid: ObjectId): boolean {
  const { code, data } = error as { code?: string; data?: { what?: string } };
  return code === "NotFoundError" && data?.what === oid;
}
