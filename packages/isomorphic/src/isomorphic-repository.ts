import {
  type ChangeOptions,
  type CommitChanges,
  type CommitParents,
  type CommitRange,
  type ConfiguredRepository,
  CountersignError,
  type ObjectFormat,
  type ObjectId,
  type RawCommit,
  type RefTip,
  type TreeEntry,
} from "@countersign/core";
import { parseTree } from "@countersign/core/internal";
import { readChanges } from "./diff/read-changes.ts";
import { Config } from "./store/config.ts";
import { unreadable } from "./store/faults.ts";
import { type Files, readText } from "./store/files.ts";
import type { Layout } from "./store/layout.ts";
import { ObjectStore, type ReadingOptions } from "./store/object-store.ts";
import { RefStore } from "./store/ref-store.ts";
import { readTreeId } from "./walk/commit-links.ts";
import { type Found, findAncestry, findRange } from "./walk/history.ts";
import { rawCommit } from "./walk/history-walk.ts";
import { findMergeBases } from "./walk/merge-bases.ts";
import { peelToCommit } from "./walk/peel.ts";
import { resolveRevision } from "./walk/revision.ts";

/** The repository port over isomorphic-git: no git program, any file system, SHA-1 repositories only. */
export class IsomorphicRepository implements ConfiguredRepository {
  readonly format: ObjectFormat = "sha1";
  readonly #fs: Files;
  readonly #layout: Layout;
  readonly #objects: ObjectStore;
  readonly #refs: RefStore;
  readonly #config: Config;

  /** Use `openIsomorphicRepository`, which finds the layout. */
  constructor(fs: Files, layout: Layout, options: ReadingOptions = {}) {
    this.#fs = fs;
    this.#layout = layout;
    this.#objects = new ObjectStore(fs, layout.stores, options);
    this.#refs = new RefStore(fs, layout);
    this.#config = new Config(fs, layout);
  }

  refs(prefix: string): Promise<readonly RefTip[]> {
    return typed("the refs", this.#refs.list(prefix));
  }

  symbolicRef(name: string): Promise<string | undefined> {
    return typed(`the ref ${name}`, this.#refs.symbolicRef(name));
  }

  isBare(): Promise<boolean> {
    return typed("the configuration", this.#config.isBare());
  }

  remotes(): Promise<readonly string[]> {
    return typed("the configuration", this.#config.remotes());
  }

  setting(name: string): Promise<string | undefined> {
    return typed("the configuration", this.#config.setting(name));
  }

  resolve(revision: string): Promise<ObjectId | undefined> {
    return typed(`the revision ${revision}`, resolveRevision(this.#objects, this.#refs, revision));
  }

  peelToCommit(oid: ObjectId): Promise<ObjectId | undefined> {
    return peelToCommit(this.#objects, oid);
  }

  async *commits(range: CommitRange): AsyncIterable<RawCommit> {
    yield* await this.#unlessAbsent(await findRange(this.#objects, range));
  }

  async commit(oid: ObjectId): Promise<RawCommit> {
    return rawCommit(oid, await this.#objects.read(oid, "commit", "the commit"));
  }

  changes(commits: readonly CommitParents[], options: ChangeOptions = {}): AsyncIterable<CommitChanges> {
    return readChanges(this.#objects, commits, options);
  }

  async rootEntries(commit: ObjectId, names: readonly string[]): Promise<readonly TreeEntry[]> {
    const id = await readTreeId(this.#objects, commit, "the commit");
    const tree = await this.#objects.read(id, "tree", "the tree");
    return [...parseTree(tree, this.format)].filter(({ path }) => names.includes(path));
  }

  async tree(oid: ObjectId, limit: number): Promise<Uint8Array> {
    const bytes = await this.#objects.read(oid, "tree", "the tree");
    if (bytes.length > limit) throw new CountersignError("TREE_TOO_LARGE", { oid, size: bytes.length, limit });
    return bytes;
  }

  /** Unlike git, isomorphic-git knows an object's size only after it has read it: `limit` saves the caller, not the memory. */
  async blob(oid: ObjectId, limit: number): Promise<Uint8Array> {
    const bytes = await this.#objects.read(oid, "blob", "the file");
    if (bytes.length > limit) throw new CountersignError("BLOB_TOO_LARGE", { oid, size: bytes.length, limit });
    return bytes;
  }

  async isAncestor(ancestor: ObjectId, ...descendants: readonly ObjectId[]): Promise<boolean> {
    return this.#unlessAbsent(await findAncestry(this.#objects, ancestor, descendants));
  }

  async mergeBases(commit: ObjectId, ...others: readonly ObjectId[]): Promise<readonly ObjectId[]> {
    return this.#unlessAbsent(await findMergeBases(this.#objects, commit, others));
  }

  throwIfEnded(): void {
    this.#objects.throwIfEnded();
  }

  async close(): Promise<void> {
    this.kill();
  }

  kill(): void {
    this.#objects.close();
  }

  /** A walk that fails in a shallow clone fails at its boundary; elsewhere an object is lost. */
  async #unlessAbsent<Value>(found: Found<Value>): Promise<Value> {
    if ("value" in found) return found.value;
    const cause = new CountersignError("OBJECT_MISSING", { oid: found.absent, wanted: "the parent commit" });
    const shallow = await readText(this.#fs, `${this.#layout.common}/shallow`);
    throw shallow ? new CountersignError("HISTORY_SHALLOW", {}, { cause }) : cause;
  }
}

/** Turns what a file system throws into a fault. */
async function typed<Value>(subject: string, answer: Promise<Value>): Promise<Value> {
  try {
    return await answer;
  } catch (error) {
    throw error instanceof CountersignError ? error : unreadable(subject, error);
  }
}
