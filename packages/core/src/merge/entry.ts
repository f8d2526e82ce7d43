import { type Change, NO_MODE } from "../object/change.ts";
import { type ObjectFormat, type ObjectId, zeroOid } from "../object/oid.ts";

/** What stands at a path, as git's raw diffs write it. */
export interface Entry {
  readonly mode: string;
  readonly oid: ObjectId;
}

/** Three versions of a file. */
export interface FileTriple {
  readonly base: ObjectId;
  readonly ours: ObjectId;
  readonly theirs: ObjectId;
}

/** What a clean merge gives. A file that came out of a merge line by line need not be stored anywhere. */
export interface CleanEntry extends Entry {
  readonly mergedFrom?: FileTriple;
}

/** What stands at a path where there is nothing. */
export function noEntry(format: ObjectFormat): Entry {
  return { mode: NO_MODE, oid: zeroOid(format) };
}

/** What a change found at its path. */
export function oldEntry({ oldMode, oldOid }: Change): Entry {
  return { mode: oldMode, oid: oldOid };
}

export function newEntry({ newMode, newOid }: Change): Entry {
  return { mode: newMode, oid: newOid };
}

export function isSameEntry(a: Entry, b: Entry): boolean {
  return a.mode === b.mode && a.oid === b.oid;
}

/** Whether two changes lead from the same to the same, at whichever path. */
export function isSameChange(a: Change, b: Change): boolean {
  return isSameEntry(oldEntry(a), oldEntry(b)) && isSameEntry(newEntry(a), newEntry(b));
}
