import { createHash } from "node:crypto";
import type { ApprovedPart } from "../cosign/approve.ts";
import { digestOf, pathsDigest } from "../cosign/digest.ts";
import { type Block, formatLines, type SignedHead } from "../cosign/lines.ts";
import { formatWithdrawal } from "../cosign/withdrawal.ts";
import { CountersignError } from "../error.ts";
import { type Change, NO_MODE, statusOf } from "../object/change.ts";
import { FOLDER } from "../object/mode.ts";
import { type ObjectId, zeroOid } from "../object/oid.ts";
import { compareEntries, formatTree, type RawEntry } from "../object/tree-entries.ts";
import type { RawCommit } from "../repository.ts";
import { SigningKey } from "../ssh/signing-key.fixture.ts";
import { blockOf } from "./blocks.fixture.ts";
import { folderNames } from "./record-place.ts";
import type { LedgerRepository } from "./record-reader.ts";
import { formatSignedFile } from "./signed-file.ts";

/** An entry as git's raw diffs write it; undefined if there is nothing. */
export type Side = readonly [mode: string, oid: ObjectId] | undefined;
/** What is changed, by the path in Latin-1: a byte for each character. */
export type Changed = Readonly<Record<string, readonly [before: Side, after: Side]>>;
/** What a ledger holds, by the path in Latin-1. */
export type Files = Map<string, readonly [mode: string, oid: ObjectId]>;

export const HEAD: SignedHead = {
  project: "acme/payments",
  branches: [{ ref: "refs/heads/main", base: "5".repeat(40) as ObjectId }],
  cosigner: "ada@acme.example",
  time: "2026-11-23T10:00:00Z",
};

/** A repository with nothing but a ledger, in memory, which notes what is read of it. */
export class LedgerWorld implements LedgerRepository {
  readonly format = "sha1";
  readonly objects = new Map<ObjectId, { readonly type: string; readonly bytes: Uint8Array }>();
  readonly reads: ObjectId[] = [];
  readonly ada = new SigningKey();
  readonly eve = new SigningKey();
  files: Files = new Map();

  /** A file that a change names. */
  blobId(contents: string): ObjectId {
    return this.put("blob", Buffer.from(contents, "latin1"));
  }

  file(contents: string): readonly [string, ObjectId] {
    return ["100644", this.blobId(contents)];
  }

  /** Adds a record of these changes, a block for each, and gives its id. */
  add(changes: readonly Changed[], { head = HEAD, key = this.ada, more = {} as Partial<Block> } = {}): string {
    const parts = changes.map(changesOf).map((approved) => ({
      block: { ...blockOf(approved), ...more },
      changes: approved,
    }));
    return this.addParts(parts, { head, key });
  }

  /** Adds a record of these blocks, and gives its id. */
  addParts(parts: readonly ApprovedPart[], { head = HEAD, key = this.ada } = {}): string {
    const lines = formatLines({ head, blocks: parts.map(({ block }) => block) });
    const record = this.put("blob", formatSignedFile(lines, key.sign(lines)));
    const recordId = digestOf(lines);
    for (const [index, { block, changes }] of parts.entries()) {
      const folder = folderNames({ paths: block.paths, recordId, blockNumber: index + 1 }).join("/");
      this.files.set(`${folder}/record`, ["100644", record]);
      for (const { path, oldMode, oldOid, newMode, newOid } of changes) {
        const name = Buffer.from(path).toString("latin1");
        if (oldMode !== NO_MODE) this.files.set(`${folder}/before/${name}`, [oldMode, oldOid]);
        if (newMode !== NO_MODE) this.files.set(`${folder}/after/${name}`, [newMode, newOid]);
      }
    }
    return recordId;
  }

  /** Takes a record back in one of its folders. */
  withdraw(folder: string, recordId: string, { head = HEAD, key = this.ada } = {}): void {
    const lines = formatWithdrawal({ head: { ...head, time: "2026-11-24T10:00:00Z" }, recordId });
    this.files.set(`${folder}/withdrawn`, ["100644", this.put("blob", formatSignedFile(lines, key.sign(lines)))]);
  }

  /** Puts other files in place of all that it holds. */
  restore(files: Files): void {
    this.files = new Map(files);
  }

  /** The ledger's commit as its files are now. */
  commitAll(): ObjectId {
    return this.commitTree(this.treeOf(this.files));
  }

  commitTree(tree: ObjectId): ObjectId {
    const person = "Ada <ada@acme.example> 1800000000 +0000";
    return this.put("commit", Buffer.from(`tree ${tree}\nauthor ${person}\ncommitter ${person}\n\nx\n`));
  }

  /** A tree with these files. */
  treeOf(files: Files): ObjectId {
    const inside = new Map<string, Files>();
    const entries: RawEntry[] = [];
    const entry = (name: string, mode: string, oid: ObjectId): void => {
      entries.push({ name: Buffer.from(name, "latin1"), mode, id: Buffer.from(oid, "hex") });
    };
    for (const [path, [mode, oid]] of files) {
      const slash = path.indexOf("/");
      if (slash < 0) {
        entry(path, mode, oid);
        continue;
      }
      const folder = inside.get(path.slice(0, slash)) ?? new Map();
      inside.set(path.slice(0, slash), folder.set(path.slice(slash + 1), [mode, oid]));
    }
    for (const [name, folder] of inside) entry(name, FOLDER, this.treeOf(folder));
    return this.put("tree", formatTree(entries.sort(compareEntries)));
  }

  put(type: string, bytes: Uint8Array): ObjectId {
    const digest = createHash("sha1").update(`${type} ${bytes.length}\0`).update(bytes);
    const oid = digest.digest("hex") as ObjectId;
    this.objects.set(oid, { type, bytes });
    return oid;
  }

  async commit(oid: ObjectId): Promise<RawCommit> {
    const bytes = this.#read(oid, "commit");
    return { oid, size: bytes.length, bytes };
  }

  async peelToCommit(oid: ObjectId): Promise<ObjectId | undefined> {
    return this.objects.get(oid)?.type === "commit" ? oid : undefined;
  }

  async tree(oid: ObjectId): Promise<Uint8Array> {
    return this.#read(oid, "tree");
  }

  async blob(oid: ObjectId, limit: number): Promise<Uint8Array> {
    const bytes = this.#read(oid, "blob");
    if (bytes.length > limit) throw new CountersignError("BLOB_TOO_LARGE", { oid, size: bytes.length, limit });
    return bytes;
  }

  #read(oid: ObjectId, type: string): Uint8Array {
    this.reads.push(oid);
    const object = this.objects.get(oid);
    if (object?.type !== type) throw new CountersignError("OBJECT_MISSING", { oid, wanted: `the ${type}` });
    return object.bytes;
  }
}

/** The folder of a block in the ledger. */
export function folderOf(changed: Changed, recordId: string, blockNumber: number): string {
  return folderNames({ paths: pathsDigest(changesOf(changed)), recordId, blockNumber }).join("/");
}

export function changesOf(changed: Changed): readonly Change[] {
  const none: Side = [NO_MODE, zeroOid("sha1")];
  const paths = Object.keys(changed).map((path) => Buffer.from(path, "latin1"));
  return paths.sort(Buffer.compare).flatMap((path) => {
    const [before, after] = changed[path.toString("latin1")] ?? [];
    const [[oldMode, oldOid], [newMode, newOid]] = [before ?? none, after ?? none];
    return [{ path, oldMode, newMode, oldOid, newOid, status: statusOf(oldMode, newMode) }];
  });
}
