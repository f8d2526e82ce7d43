import { createHash } from "node:crypto";
import { NUL } from "../bytes.ts";
import type { Change } from "../object/change.ts";

const END = Uint8Array.of(NUL);

/**
 * What a co-sign calls the change of a commit: the SHA-256, in hex, of the bytes that
 * `git diff-tree -r --raw -z --no-abbrev --no-renames --no-commit-id PARENT COMMIT` prints.
 * The changes must be those against the first parent, or the empty tree, and in git's order.
 */
export function changeDigest(changes: readonly Change[]): string {
  const hash = createHash("sha256");
  for (const { oldMode, newMode, oldOid, newOid, status, path } of changes) {
    hash.update(`:${oldMode} ${newMode} ${oldOid} ${newOid} ${status}\0`).update(path).update(END);
  }
  return hash.digest("hex");
}

/** What a co-sign calls the set of paths that a change is about: the SHA-256, in hex, of each path and a NUL. */
export function pathsDigest(changes: readonly Pick<Change, "path">[]): string {
  const hash = createHash("sha256");
  for (const { path } of changes) hash.update(path).update(END);
  return hash.digest("hex");
}

/** SHA-256 in hex: two signatures with one digest and one key are one approval. */
export function digestOf(payload: Uint8Array): string {
  return createHash("sha256").update(payload).digest("hex");
}
