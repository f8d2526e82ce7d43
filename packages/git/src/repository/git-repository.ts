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
  parseObjectId,
  type RawCommit,
  type RefTip,
  type TreeEntry,
} from "@countersign/core";
import { parseTree } from "@countersign/core/internal";
import { listSettings, readSettings } from "../config.ts";
import { forOwnSettings, type GitContext, throwIfEnded } from "../process/context.ts";
import { git } from "../process/git.ts";
import { listRefs } from "../refs/list-refs.ts";
import { listRemotes } from "../refs/remotes.ts";
import { readSymbolicRef } from "../refs/symbolic-ref.ts";
import { changeFew } from "./change-few.ts";
import { countLines } from "./count-lines.ts";
import { asMissingObject } from "./missing-object.ts";
import { ObjectReader } from "./object-reader.ts";
import { readChanges } from "./read-changes.ts";
import { readCommits } from "./read-commits.ts";
import { walkFew } from "./walk-few.ts";

const TREE_LIMIT = 64 * 1024 * 1024;
/** What fits into the arguments of a process on every system. */
const IDS_AT_A_TIME = 400;

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
    for (let at = 0; at < descendants.length; at += IDS_AT_A_TIME) {
      if (await this.#isReached(ancestor, descendants.slice(at, at + IDS_AT_A_TIME))) return true;
    }
    return false;
  }

  async #isReached(ancestor: ObjectId, descendants: readonly ObjectId[]): Promise<boolean> {
    // A missing parent makes git say "no", also beyond a shallow boundary that it is asked to ignore. Within the
    // boundary it sees less history, never more, so that a "yes" is true either way.
    for (const context of [this.context, withBoundary(this.context)]) {
      if (await isReachedWithin(context, ancestor, descendants)) return true;
    }
    // "No" is only as good as the history that was walked: this walk fails where a parent is missing.
    const walk = git(this.context, ["rev-list", "--count", ...descendants, `^${ancestor}`]);
    await walk.catch(async (error) => {
      throw await this.#explainMissing(error);
    });
    return false;
  }

  async mergeBases(commit: ObjectId, ...others: readonly ObjectId[]): Promise<readonly ObjectId[]> {
    const args = ["merge-base", "--all", commit, ...others];
    // Where git meets a missing parent it prints nothing, or fails; what it prints is true.
    const { status, output } = await git(this.context, args, [0, 1, 128]);
    if (status === 0) return readIds(output);
    try {
      // The parents of a merge base may lie beyond the boundary of a shallow clone.
      const bases = readIds((await git(withBoundary(this.context), args, [0, 1])).output);
      // But none of what leads to it: this walk fails where a parent is missing.
      await git(this.context, ["rev-list", "--count", commit, ...others, ...bases.map((base) => `^${base}`)]);
      return bases;
    } catch (error) {
      throw await this.#explainMissing(error);
    }
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
      throw await this.#explainMissing(error);
    }
  }

  /** A walk that failed in a shallow clone failed at its boundary; elsewhere an object is lost, or git broke. */
  async #explainMissing(error: unknown): Promise<unknown> {
    if (!(error instanceof CountersignError) || error.code !== "GIT_FAILED") return error;
    const shallow = await git(withBoundary(this.context), ["rev-parse", "--is-shallow-repository"]).catch(
      () => undefined,
    );
    if (shallow?.output.trim() === "true") return new CountersignError("HISTORY_SHALLOW", {}, { cause: error });
    return asMissingObject(error);
  }
}

function readIds(output: string): readonly ObjectId[] {
  return output.split("\n").filter(Boolean).map(parseObjectId);
}

async function isReachedWithin(
  context: GitContext,
  ancestor: ObjectId,
  descendants: readonly ObjectId[],
): Promise<boolean> {
  if (descendants.length > 1) {
    // The best common ancestor of a commit and of others that reach it is that commit.
    const best = (await git(context, ["merge-base", ancestor, ...descendants], [0, 1])).output.trim();
    if (best !== "") return best === ancestor;
  }
  // Where a parent is missing, git finds no common ancestor, and still says of one commit that it reaches the other.
  for (const descendant of descendants) {
    const args = ["merge-base", "--is-ancestor", ancestor, descendant];
    if ((await git(context, args, [0, 1])).status === 0) return true;
  }
  return false;
}

/** A context in which git keeps to the boundary of a shallow clone. */
function withBoundary(context: GitContext): GitContext {
  return { ...context, env: { ...context.env, GIT_SHALLOW_FILE: undefined } };
}
