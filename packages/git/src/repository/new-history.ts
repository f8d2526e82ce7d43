import { createInterface } from "node:readline";
import {
  type ChangeOptions,
  type CommitChanges,
  type CommitParents,
  type CommitRange,
  CountersignError,
  type ObjectFormat,
  type ObjectId,
  parseObjectId,
  type RawCommit,
  type RefTip,
  type Repository,
  type TreeEntry,
} from "@countersign/core";
import type { GitContext } from "../process/context.ts";
import { spawnGit } from "../process/git.ts";
import type { GitRepository } from "./git-repository.ts";

/** What is known about tips that are all compared with one commit. */
export interface ManyTips {
  readonly target: ObjectId;
  readonly tips: readonly ObjectId[];
  /** A commit that may be left out of ranges as well, such as a baseline. */
  readonly also: ObjectId | undefined;
}

/**
 * A repository for those who look at many branches, each against the same commit: what all of them add to it is walked
 * once, by one git. What is asked of a single branch is then answered without starting another one.
 */
export class NewHistory implements Repository {
  readonly format: ObjectFormat;
  readonly #repository: GitRepository;
  readonly #target: ObjectId;
  /** The parents of every commit that the target does not reach. */
  readonly #parents: ReadonlyMap<ObjectId, readonly ObjectId[]>;
  /** Commits that are known to be reached by the target, itself included. */
  readonly #reached: ReadonlySet<ObjectId>;
  readonly #bases = new Map<string, Promise<readonly ObjectId[]>>();

  private constructor(
    repository: GitRepository,
    target: ObjectId,
    parents: ReadonlyMap<ObjectId, readonly ObjectId[]>,
    reached: ReadonlySet<ObjectId>,
  ) {
    this.format = repository.format;
    this.#repository = repository;
    this.#target = target;
    this.#parents = parents;
    this.#reached = reached;
  }

  /** Where a part of the history is missing, the repository itself: then each branch has to answer for itself. */
  static async read(repository: GitRepository, { target, tips, also }: ManyTips): Promise<Repository> {
    try {
      const parents = await readParents(repository.context, tips, target);
      const isReached = also !== undefined && (await repository.isAncestor(also, target));
      return new NewHistory(repository, target, parents, new Set(isReached ? [target, also] : [target]));
    } catch (error) {
      if (error instanceof CountersignError) return repository;
      throw error;
    }
  }

  async *commits(range: CommitRange): AsyncIterable<RawCommit> {
    const walked = this.#isKnown(range) ? this.#walk(range.tips) : undefined;
    if (walked) for (const oid of walked.commits) yield this.#repository.commit(oid);
    else yield* this.#repository.commits(range);
  }

  async isAncestor(ancestor: ObjectId, ...descendants: readonly ObjectId[]): Promise<boolean> {
    if (ancestor !== this.#target || !descendants.every((oid) => this.#parents.has(oid))) {
      return this.#repository.isAncestor(ancestor, ...descendants);
    }
    // Whatever reaches the target does so by commits alone that the target does not reach.
    return this.#walk(descendants).ends.has(ancestor);
  }

  mergeBases(commit: ObjectId, ...others: readonly ObjectId[]): Promise<readonly ObjectId[]> {
    // Of two it does not matter which one is named first.
    const key = (others.length === 1 ? [commit, ...others].sort() : [commit, ...others]).join(" ");
    const bases = this.#bases.get(key) ?? this.#repository.mergeBases(commit, ...others);
    this.#bases.set(key, bases);
    return bases;
  }

  #isKnown({ tips, exclude, most }: CommitRange): boolean {
    const isNew = (oid: ObjectId): boolean => this.#parents.has(oid);
    return (
      most === undefined &&
      exclude.includes(this.#target) &&
      exclude.every((oid) => this.#reached.has(oid)) &&
      tips.every(isNew)
    );
  }

  /** The new commits that some of them reach, and the others that these name as parents. */
  #walk(tips: readonly ObjectId[]): { readonly commits: ReadonlySet<ObjectId>; readonly ends: ReadonlySet<ObjectId> } {
    const commits = new Set<ObjectId>();
    const ends = new Set<ObjectId>();
    const open = [...tips];
    for (let oid = open.pop(); oid !== undefined; oid = open.pop()) {
      const parents = this.#parents.get(oid);
      if (!parents) ends.add(oid);
      if (!parents || commits.has(oid)) continue;
      commits.add(oid);
      open.push(...parents);
    }
    return { commits, ends };
  }

  refs(prefix: string): Promise<readonly RefTip[]> {
    return this.#repository.refs(prefix);
  }

  symbolicRef(name: string): Promise<string | undefined> {
    return this.#repository.symbolicRef(name);
  }

  peelToCommit(oid: ObjectId): Promise<ObjectId | undefined> {
    return this.#repository.peelToCommit(oid);
  }

  commit(oid: ObjectId): Promise<RawCommit> {
    return this.#repository.commit(oid);
  }

  changes(commits: readonly CommitParents[], options?: ChangeOptions): AsyncIterable<CommitChanges> {
    return this.#repository.changes(commits, options);
  }

  rootEntries(commit: ObjectId, names: readonly string[]): Promise<readonly TreeEntry[]> {
    return this.#repository.rootEntries(commit, names);
  }

  tree(oid: ObjectId, limit: number): Promise<Uint8Array> {
    return this.#repository.tree(oid, limit);
  }

  blob(oid: ObjectId, limit: number): Promise<Uint8Array> {
    return this.#repository.blob(oid, limit);
  }

  throwIfEnded(): void {
    this.#repository.throwIfEnded();
  }

  /** It was opened by someone else. */
  async close(): Promise<void> {}

  kill(): void {}
}

/** The parents of each commit that the tips reach and the target does not. */
async function readParents(
  context: GitContext,
  tips: readonly ObjectId[],
  target: ObjectId,
): Promise<ReadonlyMap<ObjectId, readonly ObjectId[]>> {
  const revList = spawnGit(context, ["rev-list", "--parents", "--stdin"]);
  revList.stdin.end([...tips, `^${target}`, ""].join("\n"));
  const parents = new Map<ObjectId, readonly ObjectId[]>();
  for await (const line of createInterface({ input: revList.stdout, crlfDelay: Number.POSITIVE_INFINITY })) {
    const [oid = "", ...rest] = line.split(" ");
    parents.set(parseObjectId(oid), rest.map(parseObjectId));
  }
  await revList.ended;
  return parents;
}
