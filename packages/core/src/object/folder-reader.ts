import type { Repository, TreeEntry } from "../repository.ts";
import { FOLDER } from "./mode.ts";
import type { ObjectId } from "./oid.ts";
import { parseTree } from "./tree-entries.ts";

export type Folder = ReadonlyMap<string, TreeEntry>;

/** How many entries are kept in mind, however many folders the records are spread over. */
const KEPT = 50_000;
const TREE_LIMIT = 8 * 1024 * 1024;

type TreeReader = Pick<Repository, "format" | "tree">;

/** Opens trees, and keeps those that were used last: the records of neighbouring commits lie beside each other. */
export class FolderReader {
  readonly #repository: TreeReader;
  readonly #folders = new Map<ObjectId, Folder>();
  /** Those that are being read: many who ask at once ask for the same root. */
  readonly #opening = new Map<ObjectId, Promise<Folder>>();
  #kept = 0;

  constructor(repository: TreeReader) {
    this.#repository = repository;
  }

  /** The entries of a tree by name. @throws `OBJECT_MISSING`, `TREE_TOO_LARGE`. */
  async open(oid: ObjectId): Promise<Folder> {
    const kept = this.#folders.get(oid);
    if (kept) {
      this.#folders.delete(oid);
      this.#folders.set(oid, kept);
      return kept;
    }
    const opening = this.#opening.get(oid) ?? this.#read(oid).finally(() => this.#opening.delete(oid));
    this.#opening.set(oid, opening);
    return opening;
  }

  async #read(oid: ObjectId): Promise<Folder> {
    const bytes = await this.#repository.tree(oid, TREE_LIMIT);
    const folder = new Map<string, TreeEntry>();
    for (const entry of parseTree(bytes, this.#repository.format)) folder.set(entry.path, entry);
    this.#folders.set(oid, folder);
    this.#kept += folder.size;
    for (const [oldest, { size }] of this.#folders) {
      if (this.#kept <= KEPT || oldest === oid) break;
      this.#folders.delete(oldest);
      this.#kept -= size;
    }
    return folder;
  }

  /** The entry that a path leads to from a tree. */
  async find(tree: ObjectId, path: readonly string[]): Promise<TreeEntry | undefined> {
    let at: ObjectId | undefined = tree;
    let entry: TreeEntry | undefined;
    for (const name of path) {
      if (at === undefined) return undefined;
      entry = (await this.open(at)).get(name);
      at = entry && isFolder(entry) ? entry.oid : undefined;
    }
    return entry;
  }
}

export function isFolder({ mode }: TreeEntry): boolean {
  return mode === FOLDER;
}
