import { createHash } from "node:crypto";
import {
  type Change,
  type ChangeOptions,
  type CommitChanges,
  type CommitParents,
  type CommitRange,
  CountersignError,
  type ObjectId,
  type RawCommit,
  type RefTip,
  type Repository,
  type TreeEntry,
} from "@countersign/core";

const FILE = "100644";
const NO_MODE = "000000";
const NO_OBJECT = "0".repeat(40) as ObjectId;

/** What a commit is made with. */
export interface MadeWith {
  readonly parents?: readonly ObjectId[];
  /** Path to contents; `null` deletes. On top of the first parent's files. */
  readonly files?: Readonly<Record<string, string | null>>;
  /** The commit whose files it has in place of the first parent's. */
  readonly filesOf?: ObjectId;
  /** `Name <address>`. */
  readonly author?: string;
  /** Seconds since 1970. */
  readonly date?: number;
  /** Further headers, each with its line end. */
  readonly headers?: string;
}

interface Stored {
  readonly raw: RawCommit;
  readonly parents: readonly ObjectId[];
  readonly date: number;
  readonly files: ReadonlyMap<string, ObjectId>;
}

/** A repository of which every object is in memory, so that thousands of histories are judged in seconds. */
export class MemoryRepository implements Repository {
  readonly format = "sha1";
  readonly #commits = new Map<ObjectId, Stored>();
  readonly #blobs = new Map<ObjectId, string>();
  /** Commits that are named and not here. */
  readonly lost = new Set<ObjectId>();
  /** Commits that a walk lists though they are left out, as git does where dates mislead it. */
  readonly surplus = new Set<ObjectId>();

  /** Stores a commit with exactly this message. */
  add(message: string, { parents = [], files = {}, filesOf = parents[0], ...rest }: MadeWith = {}): ObjectId {
    const { author = "Bob <bob@acme.example>", date = 1_800_000_000, headers = "" } = rest;
    const all = new Map(filesOf ? this.#get(filesOf).files : []);
    for (const [path, contents] of Object.entries(files)) {
      if (contents === null) all.delete(path);
      else all.set(path, this.#addBlob(contents));
    }
    const tree = idOf("tree", JSON.stringify([...all].sort()));
    const lines = [
      `tree ${tree}\n`,
      ...parents.map((parent) => `parent ${parent}\n`),
      `author ${author} ${date} +0000\n`,
      `committer ${author} ${date} +0000\n`,
      headers,
    ];
    const bytes = Buffer.from(`${lines.join("")}\n${message}`);
    const oid = idOf("commit", bytes);
    this.#commits.set(oid, { raw: { oid, size: bytes.length, bytes }, parents, date, files: all });
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
      const contents = newOid === NO_OBJECT ? null : (this.#blobs.get(newOid) ?? "");
      return [Buffer.from(path).toString(), contents] as const;
    });
    return Object.fromEntries(entries);
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
    const out = this.#reach(exclude);
    const listed = [...this.#reach(tips)].filter((oid) => !out.has(oid) || this.surplus.has(oid));
    const stored = listed.map((oid) => this.#get(oid));
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
      const oid = files.get(path);
      return oid ? [{ path, mode: FILE, oid }] : [];
    });
  }

  /** Its folders are empty: nothing but a ledger is read by them, and none is kept in memory. */
  async tree(): Promise<Uint8Array> {
    return new Uint8Array();
  }

  async blob(oid: ObjectId): Promise<Uint8Array> {
    return Buffer.from(this.#blobs.get(oid) ?? "");
  }

  async isAncestor(ancestor: ObjectId, ...descendants: readonly ObjectId[]): Promise<boolean> {
    return this.#reach(descendants).has(ancestor);
  }

  async mergeBases(commit: ObjectId, ...others: readonly ObjectId[]): Promise<readonly ObjectId[]> {
    const other = this.#reach(others);
    const common = [...this.#reach([commit])].filter((oid) => other.has(oid));
    const behind = this.#reach(common.flatMap((oid) => this.#get(oid).parents));
    return common.filter((oid) => !behind.has(oid));
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

  #addBlob(contents: string): ObjectId {
    const oid = idOf("blob", contents);
    this.#blobs.set(oid, contents);
    return oid;
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
    const [before, after] = [from ? this.#get(from).files : new Map<string, ObjectId>(), this.#get(to).files];
    const paths = [...new Set([...before.keys(), ...after.keys()])].sort((a, b) =>
      Buffer.from(a).compare(Buffer.from(b)),
    );
    return paths.flatMap((path): Change[] => {
      const [oldOid, newOid] = [before.get(path), after.get(path)];
      if (oldOid === newOid) return [];
      const change: Change = {
        path: Buffer.from(path),
        oldMode: oldOid ? FILE : NO_MODE,
        newMode: newOid ? FILE : NO_MODE,
        oldOid: oldOid ?? NO_OBJECT,
        newOid: newOid ?? NO_OBJECT,
        status: oldOid ? (newOid ? "M" : "D") : "A",
      };
      const count = (oid: ObjectId | undefined): number =>
        oid ? (this.#blobs.get(oid) ?? "").split("\n").length - 1 : 0;
      return [lines ? { ...change, lines: { added: count(newOid), deleted: count(oldOid) } } : change];
    });
  }
}

function idOf(type: string, body: string | Buffer): ObjectId {
  const bytes = Buffer.from(body);
  return createHash("sha1").update(`${type} ${bytes.length}\0`).update(bytes).digest("hex") as ObjectId;
}
