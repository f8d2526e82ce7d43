import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { deflateSync } from "node:zlib";
import type { ObjectId } from "@countersign/core";

/** A commit's id and the parents that its bytes name. */
export interface Raw {
  readonly oid: ObjectId;
  readonly parents: readonly ObjectId[];
}

export const EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

/** Writes a loose object without git: a property test needs thousands of them. */
export function writeObject(gitdir: string, type: string, body: string | Buffer): ObjectId {
  const bytes = Buffer.concat([Buffer.from(`${type} ${Buffer.byteLength(body)}\0`), Buffer.from(body)]);
  const oid = createHash("sha1").update(bytes).digest("hex");
  const path = join(gitdir, "objects", oid.slice(0, 2), oid.slice(2));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, deflateSync(bytes));
  return oid as ObjectId;
}

export interface RawTreeEntry {
  /** As it is to be written, without leading zeros. */
  readonly mode: string;
  readonly name: string | Buffer;
  readonly oid: string;
}

export function writeTree(gitdir: string, entries: readonly RawTreeEntry[]): ObjectId {
  const parts = entries.flatMap(({ mode, name, oid }) => [
    Buffer.from(`${mode} `),
    Buffer.from(name),
    Buffer.of(0),
    Buffer.from(oid, "hex"),
  ]);
  return writeObject(gitdir, "tree", Buffer.concat(parts));
}

export function writeCommit(
  gitdir: string,
  { tree = EMPTY_TREE, parents = [] as readonly string[], date = 0, message = "" },
): ObjectId {
  const person = `A <a@example.org> ${date} +0000`;
  const named = parents.map((parent) => `parent ${parent}\n`).join("");
  return writeObject(gitdir, "commit", `tree ${tree}\n${named}author ${person}\ncommitter ${person}\n\n${message}`);
}
