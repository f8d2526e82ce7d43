import { createHash } from "node:crypto";
import {
  type Change,
  type ChangeOptions,
  type CommitChanges,
  type CommitParents,
  type CommitRange,
  CountersignError,
  type ObjectFormat,
  type ObjectId,
  type RawCommit,
  type RefTip,
  type Repository,
  type TreeEntry,
} from "@countersign/core";
import { compareEntries, FOLDER, formatTree, NO_MODE, type RawEntry, zeroOid } from "@countersign/core/internal";
import { statusOf } from "../../../packages/core/src/object/change.ts";

const FILE = "100644";

/** What stands at a path of a commit. */
export interface MadeEntry {
  readonly mode: string;
  readonly oid: ObjectId;
}

/** Contents of a file, with another mode than that of a plain file, or what stands there as it is; `null` deletes. */
export type MadeFile = string | readonly [mode: string, contents: string] | MadeEntry | null;
export type MadeFiles = ReadonlyMap<string, MadeEntry>;

/** What a commit is made with. */
export interface MadeWith {
  readonly parents?: readonly ObjectId[];
  /** By path, on top of the first parent's files. */
  readonly files?: Readonly<Record<string, MadeFile>>;
  /** The commit whose files it has in place of the first parent's. */
  readonly filesOf?: ObjectId;
  /** `Name <address>`. */
  readonly author?: string;
  /** `Name <address>`; absent, the author. */
  readonly committer?: string;
  /** Seconds since 1970. */
  readonly date?: number;
  /** Further headers, each with its line end. */
  readonly headers?: string;
}

interface Stored {
  readonly raw: RawCommit;
  readonly parents: readonly ObjectId[];
  readonly date: number;
  readonly files: MadeFiles;
  /** Higher than that of every ancestor. */
  readonly generation: number;
}

const NOTHING: MadeFiles = new Map();

/** A repository of which every object is in memory, so that thousands of histories are judged in seconds. */
export class MemoryRepository implements Repository {
  readonly format: ObjectFormat;
  readonly #commits = new Map<ObjectId, Stored>();
  readonly #trees = new Map<ObjectId, Uint8Array>();
  readonly #blobs = new Map<ObjectId, Uint8Array>();
  /** Commits that are named and not here. */
  readonly lost = new Set<ObjectId>();
  /** Commits that a walk lists though they are left out, as git does where dates mislead it. */
  readonly surplus = new Set<ObjectId>();

  constructor(format: ObjectFormat = "sha1") {
    this.format = format;
  }

  /** Stores a commit with exactly this message. */
  add(message: string, { parents = [], files = {}, filesOf = parents[0], ...rest }: MadeWith = {}): ObjectId {
    const { author = "Bob <bob@acme.example>", committer = author, date = 1_800_000_000, headers = "" } = rest;
    const all = new Map(filesOf ? this.#get(filesOf).files : []);
    for (const [path, file] of Object.entries(files)) {
      if (file === null) all.delete(path);
      else all.set(path, this.#entryOf(file));
    }
    const tree = this.#addTree(all);
    const lines = [
      `tree ${tree}\n`,
      ...parents.map((parent) => `parent ${parent}\n`),
      `author ${author} ${date} +0000\n`,
      `committer ${committer} ${date} +0000\n`,
      headers,
    ];
    const bytes = Buffer.from(`${lines.join("")}\n${message}`);
    const oid = this.#idOf("commit", bytes);
    this.#commits.set(oid, {
      raw: { oid, size: bytes.length, bytes },
      parents,
      date,
      files: all,
      generation: 1 + Math.max(0, ...parents.map((parent) => this.#commits.get(parent)?.generation ?? 0)),
    });
    return oid;
  }

  /** The message of a commit. */
  messageOf(oid: ObjectId): string {
    const text = Buffer.from(this.#get(oid).raw.bytes).toString();
    return text.slice(text.indexOf("\n\n") + 2);
  }

  /** `Name <address>`. */
  authorOf(oid: ObjectId): string {
    return /^author (.*>)/m.exec(Buffer.from(this.#get(oid).raw.bytes).toString())?.[1] ?? "";
  }

  /** The contents of the files that a commit changes, `null` for those that it deletes. */
  filesChangedBy(oid: ObjectId): Readonly<Record<string, string | null>> {
    const entries = this.changesOf(oid).map(({ path, newOid }) => {
      const contents = newOid === zeroOid(this.format) ? null : this.textOf(newOid);
      return [Buffer.from(path).toString(), contents] as const;
    });
    return Object.fromEntries(entries);
  }

  /** Everything that it holds. */
  *objects(): Generator<{ readonly type: string; readonly oid: ObjectId; readonly bytes: Uint8Array }> {
    for (const [oid, { raw }] of this.#commits) yield { type: "commit", oid, bytes: raw.bytes };
    for (const [oid, bytes] of this.#trees) yield { type: "tree", oid, bytes };
    for (const [oid, bytes] of this.#blobs) yield { type: "blob", oid, bytes };
  }

  /** What stands at each path of a commit. */
  filesOf(oid: ObjectId | undefined): MadeFiles {
    return oid ? this.#get(oid).files : NOTHING;
  }

  /** The contents of a file, by its id. */
  textOf(oid: ObjectId): string {
    return Buffer.from(this.#blobs.get(oid) ?? "").toString();
  }

  parentsOf(oid: ObjectId): readonly ObjectId[] {
    return this.#get(oid).parents;
  }

  /** What the commit changes against its first parent. */
  changesOf(oid: ObjectId): readonly Change[] {
    return this.#diff(this.#get(oid).parents[0], oid);
  }

  refs(): Promise<readonly RefTip[]> {
    return Promise.resolve([]);
  }

  symbolicRef(): Promise<string | undefined> {
    return Promise.resolve(undefined);
  }

  throwIfEnded(): void {}

  peelToCommit(oid: ObjectId): Promise<ObjectId | undefined> {
    return Promise.resolve(this.#commits.has(oid) && !this.lost.has(oid) ? oid : undefined);
  }

  async *commits({ tips, exclude }: CommitRange): AsyncGenerator<RawCommit> {
    const listed = this.surplus.size > 0 ? this.#withSurplus(tips, exclude) : this.added(tips, exclude);
    const stored = [...listed].map((oid) => this.#get(oid));
    stored.sort((a, b) => b.date - a.date || (a.raw.oid < b.raw.oid ? -1 : 1));
    for (const { raw } of stored) yield raw;
  }

  async commit(oid: ObjectId): Promise<RawCommit> {
    return this.#get(oid).raw;
  }

  async *changes(
    commits: readonly CommitParents[],
    { names, lines = false }: ChangeOptions = {},
  ): AsyncGenerator<CommitChanges> {
    for (const { oid, parents } of commits) {
      const all = this.#diff(parents[0], oid, lines);
      const asked = names && new Set(names);
      yield { commit: oid, changes: asked ? all.filter(({ path }) => asked.has(String(Buffer.from(path)))) : all };
    }
  }

  async rootEntries(commit: ObjectId, names: readonly string[]): Promise<readonly TreeEntry[]> {
    const { files } = this.#get(commit);
    return [...names].sort().flatMap((path) => {
      const entry = files.get(path);
      return entry ? [{ path, ...entry }] : [];
    });
  }

  async tree(oid: ObjectId): Promise<Uint8Array> {
    return this.treeBytes(oid);
  }

  /** A tree as git stores it. */
  treeBytes(oid: ObjectId): Uint8Array {
    const bytes = this.#trees.get(oid);
    if (!bytes) throw new CountersignError("OBJECT_MISSING", { oid, wanted: "a tree" });
    return bytes;
  }

  async blob(oid: ObjectId): Promise<Uint8Array> {
    return this.#blobs.get(oid) ?? new Uint8Array();
  }

  async isAncestor(ancestor: ObjectId, ...descendants: readonly ObjectId[]): Promise<boolean> {
    return this.added(descendants, [], this.#commits.get(ancestor)?.generation).has(ancestor);
  }

  async mergeBases(commit: ObjectId, ...others: readonly ObjectId[]): Promise<readonly ObjectId[]> {
    const bases: ObjectId[] = [];
    const sides = new Map<ObjectId, Set<"one" | "other" | "behind">>([[commit, new Set(["one"])]]);
    const mark = (oid: ObjectId, marks: Iterable<"one" | "other" | "behind">): void => {
      sides.set(oid, new Set([...(sides.get(oid) ?? []), ...marks]));
    };
    for (const other of others) mark(other, ["other"]);
    this.#descend([commit, ...others], (oid, waiting) => {
      const own = sides.get(oid) ?? new Set();
      const isCommon = own.has("one") && own.has("other");
      if (isCommon && !own.has("behind")) bases.push(oid);
      for (const parent of this.#get(oid).parents) mark(parent, isCommon ? [...own, "behind"] : own);
      return waiting.some((each) => !sides.get(each)?.has("behind"));
    });
    return bases;
  }

  kill(): void {
    // Nothing was started.
  }

  async close(): Promise<void> {}

  #get(oid: ObjectId): Stored {
    const stored = this.#commits.get(oid);
    if (!stored || this.lost.has(oid)) throw new CountersignError("OBJECT_MISSING", { oid, wanted: "a commit" });
    return stored;
  }

  /** Stores a blob. */
  addBlob(contents: string | Uint8Array): ObjectId {
    const bytes = Buffer.from(contents);
    const oid = this.#idOf("blob", bytes);
    this.#blobs.set(oid, bytes);
    return oid;
  }

  #entryOf(file: Exclude<MadeFile, null>): MadeEntry {
    if (typeof file === "string") return { mode: FILE, oid: this.addBlob(file) };
    return "oid" in file ? file : { mode: file[0], oid: this.addBlob(file[1]) };
  }

  #addTree(files: MadeFiles): ObjectId {
    const folders = new Map<string, Map<string, MadeEntry>>();
    const entries: RawEntry[] = [];
    const add = (name: string, { mode, oid }: MadeEntry): void => {
      entries.push({ name: Buffer.from(name), mode, id: Buffer.from(oid, "hex") });
    };
    for (const [path, entry] of files) {
      const slash = path.indexOf("/");
      if (slash < 0) add(path, entry);
      else {
        const folder = folders.get(path.slice(0, slash)) ?? new Map<string, MadeEntry>();
        folders.set(path.slice(0, slash), folder.set(path.slice(slash + 1), entry));
      }
    }
    for (const [name, folder] of folders) add(name, { mode: FOLDER, oid: this.#addTree(folder) });
    const bytes = formatTree(entries.sort(compareEntries));
    const oid = this.#idOf("tree", bytes);
    this.#trees.set(oid, bytes);
    return oid;
  }

  /** What some commits reach and others do not; nothing below a generation is looked at. */
  added(tips: readonly ObjectId[], exclude: readonly ObjectId[], least = 0): ReadonlySet<ObjectId> {
    const added = new Set<ObjectId>();
    const out = new Set(exclude);
    this.#descend([...tips, ...exclude], (oid, waiting) => {
      const isOut = out.has(oid);
      if (!isOut) added.add(oid);
      else for (const parent of this.#get(oid).parents) out.add(parent);
      return waiting.some((each) => !out.has(each) && this.#get(each).generation >= least);
    });
    return added;
  }

  /** Visits commits and then their parents, each after all its descendants, as long as the visitor says to go on. */
  #descend(from: readonly ObjectId[], visit: (oid: ObjectId, waiting: readonly ObjectId[]) => boolean): void {
    // The one of the highest generation is the last.
    const waiting: ObjectId[] = [];
    const add = (oid: ObjectId): void => {
      if (waiting.includes(oid)) return;
      const { generation } = this.#get(oid);
      waiting.splice(1 + waiting.findLastIndex((each) => this.#get(each).generation <= generation), 0, oid);
    };
    from.forEach(add);
    for (let oid = waiting.pop(); oid; oid = waiting.pop()) {
      const { parents } = this.#get(oid);
      const here = oid;
      parents.forEach(add);
      if (!visit(here, waiting)) return;
    }
  }

  #withSurplus(tips: readonly ObjectId[], exclude: readonly ObjectId[]): readonly ObjectId[] {
    const out = this.#reach(exclude);
    return [...this.#reach(tips)].filter((oid) => !out.has(oid) || this.surplus.has(oid));
  }

  #reach(tips: readonly ObjectId[]): Set<ObjectId> {
    const reached = new Set<ObjectId>();
    const open = [...tips];
    for (let oid = open.pop(); oid; oid = open.pop()) {
      if (reached.has(oid)) continue;
      reached.add(oid);
      open.push(...this.#get(oid).parents);
    }
    return reached;
  }

  #diff(from: ObjectId | undefined, to: ObjectId, lines = false): readonly Change[] {
    const [before, after] = [this.filesOf(from), this.filesOf(to)];
    const isSame = (path: string): boolean => {
      const [old, now] = [before.get(path), after.get(path)];
      return old?.oid === now?.oid && old?.mode === now?.mode;
    };
    const paths = [...new Set([...before.keys(), ...after.keys()])]
      .filter((path) => !isSame(path))
      .sort((a, b) => Buffer.from(a).compare(Buffer.from(b)));
    const none = { mode: NO_MODE, oid: zeroOid(this.format) };
    return paths.map((path): Change => {
      const [old, now] = [before.get(path) ?? none, after.get(path) ?? none];
      const status = statusOf(old.mode, now.mode);
      const ids = { oldMode: old.mode, newMode: now.mode, oldOid: old.oid, newOid: now.oid };
      const change: Change = { path: Buffer.from(path), ...ids, status };
      const count = (oid: ObjectId): number => this.textOf(oid).split("\n").length - 1;
      return lines ? { ...change, lines: { added: count(now.oid), deleted: count(old.oid) } } : change;
    });
  }

  #idOf(type: string, bytes: Uint8Array): ObjectId {
    return createHash(this.format).update(`${type} ${bytes.length}\0`).update(bytes).digest("hex") as ObjectId;
  }
}
