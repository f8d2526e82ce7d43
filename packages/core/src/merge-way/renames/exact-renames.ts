import { pathKey } from "../../merge/merged-paths.ts";
import type { Change } from "../../object/change.ts";
import { isRegularFile } from "../../object/mode.ts";
import { objectId } from "../../object/object-digest.ts";
import type { ObjectFormat, ObjectId } from "../../object/oid.ts";

/**
 * The files that a side moved as they were, by the keys of their old paths: what it added instead. git finds these before it
 * compares any contents. Only those are here that can be nothing else: of several files with the same contents git chooses
 * which became which, and it never takes an empty file for renamed.
 */
export function findExactRenames(changes: readonly Change[], format: ObjectFormat): ReadonlyMap<string, Change> {
  const byContents = new Map<ObjectId, { readonly gone: Change[]; readonly added: Change[] }>();
  const of = (oid: ObjectId) => {
    const known = byContents.get(oid) ?? { gone: [], added: [] };
    byContents.set(oid, known);
    return known;
  };
  for (const change of changes) {
    if (change.status === "D") of(change.oldOid).gone.push(change);
    else if (change.status === "A") of(change.newOid).added.push(change);
  }
  byContents.delete(objectId("blob", new Uint8Array(), format));
  const renames = new Map<string, Change>();
  for (const { gone, added } of byContents.values()) {
    const [from, to] = [gone[0], added[0]];
    if (!from || !to || gone.length > 1 || added.length > 1) continue;
    if (isRegularFile(from.oldMode) && isRegularFile(to.newMode)) renames.set(pathKey(from.path), to);
  }
  return renames;
}
