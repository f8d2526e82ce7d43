import type { Change } from "./object/change.ts";
import type { ObjectFormat, ObjectId } from "./object/oid.ts";

/** One commit object as the repository stores it. */
export interface RawCommit {
  readonly oid: ObjectId;
  /** The size of the whole object. `bytes` is cut at `COMMIT_BYTES_READ`, so that no commit can fill the memory. */
  readonly size: number;
  readonly bytes: Uint8Array;
}

/** Commits that some tips reach and others do not. */
export interface CommitRange {
  readonly tips: readonly ObjectId[];
  /** These commits and all that they reach are left out. Each must exist here. */
  readonly exclude: readonly ObjectId[];
  /** No more commits than this, the newest by date. */
  readonly most?: number;
}

export interface RefTip {
  /** The full name, `refs/heads/main`. */
  readonly name: string;
  /** What the ref holds. An annotated tag is not peeled. */
  readonly oid: ObjectId;
  /** The ref this one is a symbolic name for. */
  readonly target?: string;
}

/** An entry of a tree. `mode` is git's octal text: `100644`, `100755`, `120000`, `040000`, `160000`. */
export interface TreeEntry {
  readonly path: string;
  readonly mode: string;
  readonly oid: ObjectId;
}

/** A commit and the parents that its bytes name: no shallow boundary or graft can make it a root. */
export interface CommitParents {
  readonly oid: ObjectId;
  readonly parents: readonly ObjectId[];
}

export interface CommitChanges {
  readonly commit: ObjectId;
  readonly changes: readonly Change[];
}

export interface ChangeOptions {
  /**
   * Only entries of the root tree with one of these names, of whatever type; folders are not opened. Absent: every
   * file, however deep.
   */
  readonly names?: readonly string[];
  /** Whether each change carries how many lines it adds and deletes. */
  readonly lines?: boolean;
}

/**
 * What core's callers need from a repository. `@countersign/git` asks the git program,
 * `@countersign/isomorphic` reads the files itself; both give the same answers, and neither applies
 * replacement refs, grafts, shallow boundaries or a mailmap: parents are those that the commit names.
 */
export interface Repository {
  readonly format: ObjectFormat;

  /** The refs whose full name is `prefix` or begins with it and a slash, by name. A symbolic ref that points nowhere is left out. */
  refs(prefix: string): Promise<readonly RefTip[]>;

  /** The full name of the ref that `name` is a symbolic ref for (`HEAD` → `refs/heads/main`), whether or not that ref exists. */
  symbolicRef(name: string): Promise<string | undefined>;

  /** The commit that an object id leads to, annotated tags peeled; undefined if it is absent or no commit. */
  peelToCommit(oid: ObjectId): Promise<ObjectId | undefined>;

  /**
   * The commits of a range, each once, in no promised order. None is ever left out; git itself may list one too many
   * where commits are dated after their own descendants.
   * @throws `OBJECT_MISSING` if a commit that is named as a parent is absent.
   */
  commits(range: CommitRange): AsyncIterable<RawCommit>;

  /** One commit. @throws `OBJECT_MISSING` if it is absent. */
  commit(oid: ObjectId): Promise<RawCommit>;

  /**
   * What each commit changes against its first parent, or against the empty tree for a root;
   * in the order asked, one answer per commit, no renames, changes in git's path order.
   * @throws `OBJECT_MISSING` if a parent or tree is absent.
   */
  changes(commits: readonly CommitParents[], options?: ChangeOptions): AsyncIterable<CommitChanges>;

  /** Those entries of a commit's root tree that have one of `names`, in tree order. */
  rootEntries(commit: ObjectId, names: readonly string[]): Promise<readonly TreeEntry[]>;

  /** A tree's bytes, as git stores it. @throws `OBJECT_MISSING`; `TREE_TOO_LARGE` above `limit` bytes, before reading it. */
  tree(oid: ObjectId, limit: number): Promise<Uint8Array>;

  /** A blob's bytes. @throws `OBJECT_MISSING`; `BLOB_TOO_LARGE` above `limit` bytes, before reading it. */
  blob(oid: ObjectId, limit: number): Promise<Uint8Array>;

  /** Whether any of the `descendants` reaches `ancestor`, in one question for all; a commit reaches itself. */
  isAncestor(ancestor: ObjectId, ...descendants: readonly ObjectId[]): Promise<boolean>;

  /**
   * The best common ancestors of a commit and another, or what a merge of several others would be, as `git merge-base
   * --all` gives them, in no promised order: those that no other common ancestor reaches. None where the histories have
   * nothing in common.
   * @throws if a parent is absent behind which another could be.
   */
  mergeBases(commit: ObjectId, ...others: readonly ObjectId[]): Promise<readonly ObjectId[]>;

  /**
   * Called from time to time by code that computes something from what was read; each question to the repository calls it too.
   * @throws if the answer is no longer wanted: its time is up, or the caller ended it.
   */
  throwIfEnded(): void;

  /** Ends what was started for reading. @throws if it did not end well, so that nothing it said is relied on. */
  close(): Promise<void>;

  /** Ends it at once when nothing more of it is needed, without waiting for what hangs. */
  kill(): void;
}

/** A repository that also says how it is set up: enough to find where the work that is done in it lands. */
export interface ConfiguredRepository extends Repository {
  /** Whether it has no work tree, like those that people push to. */
  isBare(): Promise<boolean>;

  /** The names of its remotes. */
  remotes(): Promise<readonly string[]>;

  /** The value of a setting of git's, such as `countersign.policyRef`; undefined if it is not set. */
  setting(name: string): Promise<string | undefined>;

  /** The object that a person's revision names, by git's own rules; undefined if it names none. */
  resolve(revision: string): Promise<ObjectId | undefined>;
}

/** How much of a commit object is read. Its message may have 1 MiB; headers with signatures and merged tags need room too. */
export const COMMIT_BYTES_READ = 4 * 1024 * 1024;
