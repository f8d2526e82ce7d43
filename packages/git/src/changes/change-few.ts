import type { ChangeOptions, CommitChanges, CommitParents, ObjectFormat, ObjectId } from "@countersign/core";
import {
  compareEntries,
  diffTrees,
  mapAhead,
  type RawEntry,
  readEntries,
  type TreeSource,
} from "@countersign/core/internal";
import type { ObjectReader } from "../repository/object-reader.ts";

const FEW_COMMITS = 50;
const FEW_TREES = 500;
/** The trees of so many commits are asked for together: asking git costs more than its answer does. */
const TOGETHER = { most: 16 };
/** For all trees together. */
const TREE_BYTES = 1024 * 1024;

/**
 * The changes of a few commits by their trees, without starting a `diff-tree`: most pushes bring a few commits that
 * change a few folders. Ends before the first commit of which git should say: where that is much, or a tree is not as git
 * would write it.
 */
export async function* changeFew(
  objects: ObjectReader,
  format: ObjectFormat,
  commits: readonly CommitParents[],
  { names, lines = false }: ChangeOptions,
): AsyncGenerator<CommitChanges, undefined> {
  if (lines || commits.length > FEW_COMMITS) return;
  const trees = new FewTrees(objects, format);
  const change = ({ oid, parents }: CommitParents) => changeOne(trees, oid, parents[0], names);
  for await (const answer of mapAhead(commits, change, TOGETHER)) {
    if (!answer) return;
    // It may have been read before the time was up.
    objects.throwIfEnded();
    yield answer;
  }
}

async function changeOne(
  trees: FewTrees,
  commit: ObjectId,
  parent: ObjectId | undefined,
  names: ChangeOptions["names"],
): Promise<CommitChanges | undefined> {
  try {
    const [before, after] = await Promise.all([parent && trees.root(parent), trees.root(commit)]);
    return { commit, changes: await diffTrees(trees, before, after, names) };
  } catch (error) {
    if (error === ASK_GIT) return undefined;
    throw error;
  }
}

const ASK_GIT = Symbol("ask git");

class FewTrees implements TreeSource {
  readonly format: ObjectFormat;
  readonly #objects: ObjectReader;
  /** A commit's tree is the next one's parent's. */
  readonly #known = new Map<ObjectId, readonly RawEntry[]>();
  #bytes = 0;

  constructor(objects: ObjectReader, format: ObjectFormat) {
    this.#objects = objects;
    this.format = format;
  }

  async root(commit: ObjectId): Promise<ObjectId> {
    return this.#read(commit, "^{tree}");
  }

  async entries(tree: ObjectId): Promise<readonly RawEntry[]> {
    return this.#known.get(tree) ?? (this.#known.get(await this.#read(tree, "")) as readonly RawEntry[]);
  }

  async #read(oid: ObjectId, peel: "" | "^{tree}"): Promise<ObjectId> {
    const tree = await this.#objects.read(oid, TREE_BYTES, peel);
    if (tree?.type !== "tree" || this.#known.size === FEW_TREES) throw ASK_GIT;
    if (!this.#known.has(tree.oid)) {
      this.#bytes += tree.size;
      if (this.#bytes > TREE_BYTES) throw ASK_GIT;
      this.#known.set(tree.oid, readInOrder(tree.bytes, this.format));
    }
    return tree.oid;
  }
}

/** What git makes of entries out of order depends on how it goes through them. */
function readInOrder(bytes: Uint8Array, format: ObjectFormat): readonly RawEntry[] {
  let entries: readonly RawEntry[];
  try {
    entries = readEntries(bytes, format);
  } catch {
    throw ASK_GIT;
  }
  let last: RawEntry | undefined;
  for (const entry of entries) {
    if (last && compareEntries(last, entry) >= 0) throw ASK_GIT;
    last = entry;
  }
  return entries;
}
