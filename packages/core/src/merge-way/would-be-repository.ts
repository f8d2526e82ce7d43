import { countChanged } from "../diff/count-changed.ts";
import { Effort } from "../diff/effort.ts";
import { CountersignError } from "../error.ts";
import { type Change, NO_MODE } from "../object/change.ts";
import { parseCommit } from "../object/commit.ts";
import { diffTrees } from "../object/diff-trees.ts";
import { GITLINK } from "../object/mode.ts";
import type { ObjectFormat, ObjectId } from "../object/oid.ts";
import { parseTree, readEntries } from "../object/tree-entries.ts";
import type {
  ChangeOptions,
  CommitChanges,
  CommitParents,
  CommitRange,
  RawCommit,
  RefTip,
  Repository,
  TreeEntry,
} from "../repository.ts";
import { MadeHistory } from "./made-history.ts";
import { MadeObjects } from "./made-objects.ts";

const TREE_LIMIT = 64 * 1024 * 1024;
const BLOB_LIMIT = 64 * 1024 * 1024;

/**
 * A repository as it would be once a forge has merged something: what it has, and objects that were made in memory. So
 * what is to land is judged by the same code as what was pushed, and nothing is written for it.
 */
export class WouldBeRepository implements Repository {
  readonly format: ObjectFormat;
  readonly made: MadeObjects;
  readonly #stored: Repository;
  readonly #history: MadeHistory;
  readonly #comparing = Effort.forMany();

  constructor(stored: Repository) {
    this.format = stored.format;
    this.made = new MadeObjects(stored.format);
    this.#stored = stored;
    this.#history = new MadeHistory(stored, this.made.commits);
  }

  refs(prefix: string): Promise<readonly RefTip[]> {
    return this.#stored.refs(prefix);
  }

  symbolicRef(name: string): Promise<string | undefined> {
    return this.#stored.symbolicRef(name);
  }

  async peelToCommit(oid: ObjectId): Promise<ObjectId | undefined> {
    return this.made.commits.has(oid) ? oid : this.#stored.peelToCommit(oid);
  }

  commits(range: CommitRange): AsyncIterable<RawCommit> {
    return this.#history.commits(range);
  }

  async commit(oid: ObjectId): Promise<RawCommit> {
    return this.made.commits.get(oid)?.raw ?? this.#stored.commit(oid);
  }

  async *changes(commits: readonly CommitParents[], options: ChangeOptions = {}): AsyncGenerator<CommitChanges> {
    const isMade = ({ oid, parents: [parent] }: CommitParents): boolean =>
      this.made.commits.has(oid) || (parent !== undefined && this.made.commits.has(parent));
    // What is stored is asked for together, between what was made.
    let asked: CommitParents[] = [];
    for (const commit of commits) {
      if (!isMade(commit)) {
        asked.push(commit);
        continue;
      }
      yield* this.#stored.changes(asked, options);
      asked = [];
      yield { commit: commit.oid, changes: await this.#compare(commit, options) };
    }
    yield* this.#stored.changes(asked, options);
  }

  async rootEntries(commit: ObjectId, names: readonly string[]): Promise<readonly TreeEntry[]> {
    const made = this.made.commits.get(commit);
    if (!made) return this.#stored.rootEntries(commit, names);
    const root = await this.tree(made.tree, TREE_LIMIT);
    return [...parseTree(root, this.format)].filter(({ path }) => names.includes(path));
  }

  async tree(oid: ObjectId, limit: number): Promise<Uint8Array> {
    const bytes = this.made.trees.get(oid);
    if (!bytes) return this.#stored.tree(oid, limit);
    if (bytes.length > limit) throw new CountersignError("TREE_TOO_LARGE", { oid, size: bytes.length, limit });
    return bytes;
  }

  async blob(oid: ObjectId, limit: number): Promise<Uint8Array> {
    const bytes = this.made.blobs.get(oid);
    if (!bytes) return this.#stored.blob(oid, limit);
    if (bytes.length > limit) throw new CountersignError("BLOB_TOO_LARGE", { oid, size: bytes.length, limit });
    return bytes;
  }

  isAncestor(ancestor: ObjectId, ...descendants: readonly ObjectId[]): Promise<boolean> {
    return this.#history.isAncestor(ancestor, descendants);
  }

  mergeBases(commit: ObjectId, ...others: readonly ObjectId[]): Promise<readonly ObjectId[]> {
    return this.#history.mergeBases(commit, others);
  }

  /** The tree of a commit. @throws `OBJECT_MISSING`. */
  async treeOf(commit: ObjectId): Promise<ObjectId> {
    const tree = this.made.commits.get(commit)?.tree ?? parseCommit(await this.#stored.commit(commit)).tree;
    if (tree === undefined) throw new CountersignError("OBJECT_MISSING", { oid: commit, wanted: "the tree of commit" });
    return tree;
  }

  throwIfEnded(): void {
    this.#stored.throwIfEnded();
  }

  /** Anyone who opened what is stored closes it. */
  async close(): Promise<void> {}

  kill(): void {}

  async #compare({ oid, parents: [parent] }: CommitParents, options: ChangeOptions): Promise<readonly Change[]> {
    const before = parent && (await this.treeOf(parent));
    const entries = async (tree: ObjectId) => readEntries(await this.tree(tree, TREE_LIMIT), this.format);
    const source = { format: this.format, entries };
    const changes = await diffTrees(source, before, await this.treeOf(oid), options.names);
    return options.lines ? Promise.all(changes.map((change) => this.#withLines(change))) : changes;
  }

  async #withLines(change: Change): Promise<Change> {
    const { oldMode, oldOid, newMode, newOid } = change;
    const [before, after] = [await this.#text(oldMode, oldOid), await this.#text(newMode, newOid)];
    return { ...change, lines: countChanged(before, after, this.#comparing) };
  }

  async #text(mode: string, oid: ObjectId): Promise<Uint8Array> {
    return mode === NO_MODE || mode === GITLINK ? new Uint8Array() : this.blob(oid, BLOB_LIMIT);
  }
}
