import { CountersignError } from "../error.ts";
import type { Change } from "../object/change.ts";
import { diffTrees, type TreeSource } from "../object/diff-trees.ts";
import type { ObjectId } from "../object/oid.ts";
import { type RawEntry, readEntries } from "../object/tree-entries.ts";
import type { Repository } from "../repository.ts";

/** So much is read of trees that anyone may have written: a few that name each other twice stand for more files than atoms. */
const MOST_ENTRIES = 400_000;
/** To open a tree is as much work as to read so many entries. */
const OPENING = 8;
/** No system has longer paths. */
const LONGEST_FOLDER = 4096;
const TREE_LIMIT = 8 * 1024 * 1024;

/**
 * The changes from the tree `before` of a record to its tree `after`, in git's order; undefined if these are damaged, or
 * hold more than any change does.
 * @throws `OBJECT_MISSING`.
 */
export async function readRecordChanges(
  repository: Pick<Repository, "format" | "tree">,
  before: ObjectId | undefined,
  after: ObjectId | undefined,
): Promise<readonly Change[] | undefined> {
  try {
    return await diffTrees(new BoundedTrees(repository), before, after);
  } catch (error) {
    if (error === UNFIT) return undefined;
    throw error;
  }
}

const UNFIT = Symbol("unfit");

class BoundedTrees implements TreeSource {
  readonly #repository: Pick<Repository, "format" | "tree">;
  #left = MOST_ENTRIES;

  constructor(repository: Pick<Repository, "format" | "tree">) {
    this.#repository = repository;
  }

  get format() {
    return this.#repository.format;
  }

  async entries(tree: ObjectId, folder: Uint8Array): Promise<readonly RawEntry[]> {
    this.#left -= OPENING;
    if (this.#left < 0 || folder.length > LONGEST_FOLDER) throw UNFIT;
    const entries = await this.#read(tree);
    this.#left -= entries.length;
    return entries;
  }

  async #read(tree: ObjectId): Promise<readonly RawEntry[]> {
    const bytes = await this.#repository.tree(tree, TREE_LIMIT).catch((error: unknown) => {
      throw error instanceof CountersignError && error.code === "TREE_TOO_LARGE" ? UNFIT : error;
    });
    try {
      return readEntries(bytes, this.format);
    } catch {
      throw UNFIT;
    }
  }
}
