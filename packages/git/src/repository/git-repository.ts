import {
  type ChangeOptions,
  COMMIT_BYTES_READ,
  type CommitChanges,
  type CommitParents,
  type CommitRange,
  type ConfiguredRepository,
  CountersignError,
  isObjectId,
  type ObjectFormat,
  type ObjectId,
  type RawCommit,
  type RefTip,
  type TreeEntry,
} from "@countersign/core";
import { parseTree } from "@countersign/core/internal";
import { changeFew } from "../changes/change-few.ts";
import { countLines } from "../changes/count-lines.ts";
import { readChanges } from "../changes/read-changes.ts";
import { listSettings, readSettings } from "../config.ts";
import { forOwnSettings, type GitContext, throwIfEnded } from "../process/context.ts";
import { git } from "../process/git.ts";
import { listRefs } from "../refs/list-refs.ts";
import { listRemotes } from "../refs/remotes.ts";
import { readSymbolicRef } from "../refs/symbolic-ref.ts";
import { findMergeBases, isAncestor } from "./ancestry.ts";
import { explained, explainMissing } from "./missing-history.ts";
import { ObjectReader } from "./object-reader.ts";
import { readCommits } from "./read-commits.ts";
import { walkFew } from "./walk-few.ts";

const TREE_LIMIT = 64 * 1024 * 1024;

/** The repository port over the git program: plumbing only, streamed, its status checked before anything is concluded. */
export class GitRepository implements ConfiguredRepository {
  readonly format: ObjectFormat;
  readonly context: GitContext;
  #objects: ObjectReader | undefined;
  #settings: ReturnType<typeof listSettings> | undefined;

  constructor(context: GitContext, format: ObjectFormat) {
    this.context = context;
    this.format = format;
  }

  /** Started when first needed, and then kept: starting git costs more than most answers. */
  get #reader(): ObjectReader {
    this.#objects ??= new ObjectReader(this.context);
    return this.#objects;
  }

  /** Starts what will be asked anyway, so that it gets ready beside other work. */
  begin(): void {
    void this.#reader;
  }

  refs(prefix: string): Promise<readonly RefTip[]> {
    return listRefs(this.context, prefix);
  }

  async symbolicRef(name: string): Promise<string | undefined> {
    return readSymbolicRef(this.context, name);
  }

  async isBare(): Promise<boolean> {
    return (await git(this.context, ["rev-parse", "--is-bare-repository"])).output.trim() === "true";
  }

  remotes(): Promise<readonly string[]> {
    return listRemotes(this.context);
  }

  async setting(name: string): Promise<string | undefined> {
    const key = name.toLowerCase();
    if (!key.startsWith("countersign.")) return (await readSettings(this.context, [key])).get(key);
    // Our own are read at once: judging asks for more than one of them.
    this.#settings ??= listSettings(forOwnSettings(this.context), "^countersign[.]");
    const set = (await this.#settings).findLast(([found]) => found === key);
    return set && (set[1] ?? "true");
  }

  async resolve(revision: string): Promise<ObjectId | undefined> {
    // Behind --end-of-options nothing is an option, whatever it begins with.
    const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", revision];
    const { status, output } = await git(this.context, args, [0, 1, 128]);
    // `^HEAD` is an answer to git, and no object.
    const oid = output.trim();
    return status === 0 && isObjectId(oid) ? oid : undefined;
  }

  async peelToCommit(oid: ObjectId): Promise<ObjectId | undefined> {
    return (await this.#reader.read(oid, 0, "^{commit}"))?.oid;
  }

  async *commits(range: CommitRange): AsyncGenerator<RawCommit> {
    for await (const chunk of this.commitChunks(range)) {
      for (const commit of chunk) {
        this.throwIfEnded();
        yield commit;
      }
    }
  }

  /** What `commits` gives, some at a time: for those who read a whole history. */
  commitChunks(range: CommitRange): AsyncIterable<readonly RawCommit[]> {
    return this.#explained(this.#walk(range));
  }

  async *#walk(range: CommitRange): AsyncGenerator<readonly RawCommit[]> {
    const few = await walkFew(this.#reader, range);
    if (few) yield few;
    else yield* readCommits(this.context, range);
  }

  async commit(oid: ObjectId): Promise<RawCommit> {
    const object = await this.#reader.read(oid, COMMIT_BYTES_READ);
    if (object?.type !== "commit") throw new CountersignError("OBJECT_MISSING", { oid, wanted: "the commit" });
    return object;
  }

  changes(commits: readonly CommitParents[], options: ChangeOptions = {}): AsyncIterable<CommitChanges> {
    const answers = this.#explained(this.#compare(commits, options));
    return options.lines ? countLines(this.#reader, answers) : answers;
  }

  async *#compare(commits: readonly CommitParents[], options: ChangeOptions): AsyncGenerator<CommitChanges> {
    let answered = 0;
    for await (const answer of changeFew(this.#reader, this.format, commits, options)) {
      yield answer;
      answered += 1;
    }
    if (answered < commits.length) yield* readChanges(this.context, commits.slice(answered), options);
  }

  async rootEntries(commit: ObjectId, names: readonly string[]): Promise<readonly TreeEntry[]> {
    const tree = await this.#reader.read(commit, TREE_LIMIT, "^{tree}");
    if (!tree) throw new CountersignError("OBJECT_MISSING", { oid: commit, wanted: "the tree of commit" });
    return [...parseTree(tree.bytes, this.format)].filter(({ path }) => names.includes(path));
  }

  async tree(oid: ObjectId, limit: number): Promise<Uint8Array> {
    const tree = await this.#reader.read(oid, limit);
    if (tree?.type !== "tree") throw new CountersignError("OBJECT_MISSING", { oid, wanted: "the tree" });
    if (tree.size > limit) throw new CountersignError("TREE_TOO_LARGE", { oid, size: tree.size, limit });
    return tree.bytes;
  }

  async blob(oid: ObjectId, limit: number): Promise<Uint8Array> {
    const blob = await this.#reader.read(oid, limit);
    if (blob?.type !== "blob") throw new CountersignError("OBJECT_MISSING", { oid, wanted: "the file" });
    if (blob.size > limit) throw new CountersignError("BLOB_TOO_LARGE", { oid, size: blob.size, limit });
    return blob.bytes;
  }

  async isAncestor(ancestor: ObjectId, ...descendants: readonly ObjectId[]): Promise<boolean> {
    return explained(this.context, isAncestor(this.context, ancestor, descendants));
  }

  async mergeBases(commit: ObjectId, ...others: readonly ObjectId[]): Promise<readonly ObjectId[]> {
    return explained(this.context, findMergeBases(this.context, commit, others));
  }

  throwIfEnded(): void {
    throwIfEnded(this.context);
  }

  async close(): Promise<void> {
    await this.#objects?.close();
  }

  /** Ends what was started, where nothing of it is wanted any more: a git that hangs is not waited for. */
  kill(): void {
    this.#objects?.kill();
  }

  async *#explained<T>(answers: AsyncIterable<T>): AsyncGenerator<T> {
    try {
      yield* answers;
    } catch (error) {
      throw await explainMissing(this.context, error);
    }
  }
}
