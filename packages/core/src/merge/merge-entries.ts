import type { Effort } from "../diff/effort.ts";
import { isRegularFile } from "../object/mode.ts";
import { objectId } from "../object/object-digest.ts";
import { type CleanEntry, type Entry, isSameEntry } from "./entry.ts";
import { mergeFiles } from "./merge-files.ts";
import type { BlobReader } from "./merge-reader.ts";

/** What a clean merge of a path gives; undefined if it conflicts. Mode and contents are merged apart, as git does. */
export async function mergeEntries(
  repository: BlobReader,
  base: Entry,
  ours: Entry,
  theirs: Entry,
  effort: Effort,
): Promise<CleanEntry | undefined> {
  if (isSameEntry(ours, theirs) || isSameEntry(base, theirs)) return ours;
  if (isSameEntry(base, ours)) return theirs;
  if (![base, ours, theirs].every(({ mode }) => isRegularFile(mode))) return undefined;
  const mode = settle(base.mode, ours.mode, theirs.mode);
  if (mode === undefined) return undefined;
  const oid = settle(base.oid, ours.oid, theirs.oid);
  if (oid !== undefined) return { mode, oid };
  const mergedFrom = { base: base.oid, ours: ours.oid, theirs: theirs.oid };
  const bytes = await mergeFiles(repository, mergedFrom, effort);
  return bytes && { mode, oid: objectId("blob", bytes, repository.format), mergedFrom };
}

/** What one side alone changed, or both alike; undefined if each changed it in its own way. */
export function settle<Value>(base: Value, ours: Value, theirs: Value): Value | undefined {
  if (ours === theirs || theirs === base) return ours;
  return ours === base ? theirs : undefined;
}
