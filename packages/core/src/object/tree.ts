import { decodeText, hexOf } from "../bytes.ts";
import type { TreeEntry } from "../repository.ts";
import type { ObjectFormat, ObjectId } from "./oid.ts";
import { splitTree } from "./tree-entries.ts";

/** The entries of a raw tree as text, to look names up in; modes as six digits. */
export function* parseTree(bytes: Uint8Array, format: ObjectFormat): Generator<TreeEntry> {
  for (const { mode, name, id } of splitTree(bytes, format)) {
    yield { path: decodeText(name), mode: decodeText(mode).padStart(6, "0"), oid: hexOf(id) as ObjectId };
  }
}
