import {
  type ChangeOptions,
  COMMIT_BYTES_READ,
  type CommitChanges,
  type CommitParents,
  type CommitRange,
  CountersignError,
  type ObjectFormat,
  type ObjectId,
  parseObjectId,
  parseTree,
  type RawCommit,
  type RefTip,
  type Repository,
  type TreeEntry,
} from "@countersign/core";
import { type GitContext, readGit, startGit } from "./git.ts";
import { lines } from "./lines.ts";
import { ObjectReader, type StoredObject } from "./object-reader.ts";
import { readChanges } from "./read-changes.ts";

const TREE_LIMIT = 64 * 1024 * 1024;

/** The repository port over the git program: plumbing only, streamed, its status checked before anything is concluded. */
export class GitRepository implements Repository {
  readonly format: ObjectFormat;
  readonly context: GitContext;
  #objects: ObjectReader | undefined;

  constructor(context: GitContext, format: ObjectFormat) {
    this.context = context;
    this.format = format;
  }

  /** Started when first needed, and then kept: starting git costs more than most answers. */
  get #reader(): ObjectReader {
    this.#objects ??= new ObjectReader(this.context);
    return this.#objects;
  }

  async refs(prefix: string): Promise<readonly RefTip[]> {
    const format = "--format=%(objectname) %(refname) %(symref)";
    const { output } = await readGit(this.context, ["for-each-ref", format, "--", prefix]);
    const tips: RefTip[] = [];
    for (const line of output.split("\n")) {
      if (line === "") continue;
      const [oid = "", name = "", target = ""] = line.split(" ");
      tips.push({ name, oid: parseObjectId(oid), ...(target === "" ? {} : { target }) });
    }
    return tips;
  }

  async symbolicRef(name: string): Promise<string | undefined> {
    const { status, output } = await readGit(this.context, ["symbolic-ref", "--quiet", "--", name], [0, 1]);
    return status === 0 ? output.slice(0, -1) : undefined;
  }

  async peelToCommit(oid: ObjectId): Promise<ObjectId | undefined> {
    return (await this.#reader.read(oid, 0, "^{commit}"))?.oid;
  }

  async *commits(range: CommitRange): AsyncIterable<RawCommit> {
    const revList = startGit(this.context, ["rev-list", "--stdin"]);
    revList.stdin.end([...range.tips, ...range.exclude.map((oid) => `^${oid}`), ""].join("\n"));
    const reader = this.#reader;
    try {
      // The next ids are asked for before the last answers are handed out, so that git never waits for us.
      let answers: readonly Promise<StoredObject | undefined>[] = [];
      for await (const oids of lines(revList.stdout)) {
        const asked = reader.readAll(oids as readonly ObjectId[], COMMIT_BYTES_READ);
        for (const answer of answers) yield commitOf(await answer);
        answers = asked;
      }
      for (const answer of answers) yield commitOf(await answer);
      await revList.ended;
    } catch (error) {
      throw await this.#explainMissing(error);
    } finally {
      revList.kill();
    }
  }

  async commit(oid: ObjectId): Promise<RawCommit> {
    const object = await this.#reader.read(oid, COMMIT_BYTES_READ);
    if (object?.type !== "commit") throw new CountersignError("OBJECT_MISSING", { oid, wanted: "the commit" });
    return commitOf(object);
  }

  changes(commits: readonly CommitParents[], options: ChangeOptions = {}): AsyncIterable<CommitChanges> {
    return readChanges(this.context, commits, options);
  }

  async rootEntries(commit: ObjectId, names: readonly string[]): Promise<readonly TreeEntry[]> {
    const tree = await this.#reader.read(commit, TREE_LIMIT, "^{tree}");
    if (!tree) throw new CountersignError("OBJECT_MISSING", { oid: commit, wanted: "the tree of commit" });
    return [...parseTree(tree.bytes, this.format)].filter(({ path }) => names.includes(path));
  }

  async blob(oid: ObjectId, limit: number): Promise<Uint8Array> {
    const blob = await this.#reader.read(oid, limit);
    if (blob?.type !== "blob") throw new CountersignError("OBJECT_MISSING", { oid, wanted: "the file" });
    if (blob.size > limit) throw new CountersignError("BLOB_TOO_LARGE", { oid, size: blob.size, limit });
    return blob.bytes;
  }

  async isAncestor(ancestor: ObjectId, descendant: ObjectId): Promise<boolean> {
    const args = ["merge-base", "--is-ancestor", ancestor, descendant];
    const { status, complaint } = await readGit(this.context, args, [0, 1]);
    // A missing parent gives status 1 as well, as if the answer were "no"; only then git complains.
    if (status === 1 && complaint !== "") {
      throw await this.#explainMissing(
        new CountersignError("GIT_FAILED", { command: `git ${args.join(" ")}`, end: "status 1", said: complaint }),
      );
    }
    return status === 0;
  }

  async close(): Promise<void> {
    await this.#objects?.close();
  }

  /** A walk that failed in a shallow clone failed at its boundary; elsewhere an object is lost. */
  async #explainMissing(error: unknown): Promise<unknown> {
    if (!(error instanceof CountersignError) || error.code !== "GIT_FAILED") return error;
    const shallow = await readGit(
      { ...this.context, env: { ...this.context.env, GIT_SHALLOW_FILE: undefined } },
      ["rev-parse", "--is-shallow-repository"],
    ).catch(() => undefined);
    return shallow?.output.trim() === "true" ? new CountersignError("HISTORY_SHALLOW", {}, { cause: error }) : error;
  }
}

function commitOf(object: StoredObject | undefined): RawCommit {
  // rev-list named it, so it was there a moment ago.
  if (!object) throw new CountersignError("OBJECT_MISSING", { oid: "just listed", wanted: "a commit" });
  return object;
}
