import { compareBytes, decodeText, encodeText } from "../bytes.ts";
import { diffLines } from "../diff/diff-lines.ts";
import { type Change, type LineCount, statusOf } from "../object/change.ts";
import { objectId } from "../object/object-digest.ts";
import type { ObjectId } from "../object/oid.ts";
import type { ChangeOptions, CommitChanges, CommitParents } from "../repository.ts";
import { type Entry, isSameEntry, noEntry } from "./entry.ts";
import type { MergeReader } from "./merge-reader.ts";

/** What stands at each path: the text of a file, or another mode and what its id is made of. */
export type Files = Readonly<Record<string, string | readonly [mode: string, contents: string]>>;

/** A repository of commits whose trees and merge bases are given. */
export class MergeWorld implements MergeReader {
  readonly format = "sha1";
  readonly #trees = new Map<ObjectId, Files>();
  readonly #blobs = new Map<ObjectId, Uint8Array>();
  readonly #bases: readonly ObjectId[];

  constructor(...bases: readonly Files[]) {
    this.#bases = bases.map((files) => this.commit(files));
  }

  commit(files: Files): ObjectId {
    const oid = objectId("blob", encodeText(`commit ${this.#trees.size}`), this.format);
    this.#trees.set(oid, files);
    return oid;
  }

  /** A merge of commits with these files. */
  merge(result: Files, ...parents: readonly Files[]): CommitParents {
    return { oid: this.commit(result), parents: parents.map((files) => this.commit(files)) };
  }

  async *changes(pairs: readonly CommitParents[], { lines = false }: ChangeOptions = {}): AsyncIterable<CommitChanges> {
    for (const { oid, parents } of pairs) {
      const changes = this.#compare(parents[0], oid);
      yield {
        commit: oid,
        changes: lines ? changes.map((change) => ({ ...change, lines: this.#count(change) })) : changes,
      };
    }
  }

  async mergeBases(): Promise<readonly ObjectId[]> {
    return this.#bases;
  }

  async isAncestor(): Promise<boolean> {
    return false;
  }

  async blob(oid: ObjectId): Promise<Uint8Array> {
    const bytes = this.#blobs.get(oid);
    if (!bytes) throw new Error(`there is no ${oid}`);
    return bytes;
  }

  #compare(from: ObjectId | undefined, to: ObjectId): readonly Change[] {
    const [before, after] = [this.#filesOf(from), this.#filesOf(to)];
    const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].map(encodeText).sort(compareBytes);
    return paths.flatMap((path) => {
      const [old, now] = [this.#entry(before, path), this.#entry(after, path)];
      const status = statusOf(old.mode, now.mode);
      const change = { path, oldMode: old.mode, newMode: now.mode, oldOid: old.oid, newOid: now.oid, status };
      return isSameEntry(old, now) ? [] : [change];
    });
  }

  #count({ oldOid, newOid }: Change): LineCount {
    const { hunks = [] } = diffLines(this.#bytes(oldOid), this.#bytes(newOid));
    const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
    return { added: sum(hunks.map(({ added }) => added)), deleted: sum(hunks.map(({ removed }) => removed)) };
  }

  #bytes(oid: ObjectId): Uint8Array {
    return this.#blobs.get(oid) ?? new Uint8Array();
  }

  #filesOf(commit: ObjectId | undefined): Files {
    return (commit && this.#trees.get(commit)) ?? {};
  }

  #entry(files: Files, path: Uint8Array): Entry {
    const file = files[decodeText(path)];
    if (file === undefined) return noEntry(this.format);
    const [mode, contents] = typeof file === "string" ? ["100644", file] : file;
    const bytes = encodeText(contents);
    const oid = objectId("blob", bytes, this.format);
    this.#blobs.set(oid, bytes);
    return { mode, oid };
  }
}
