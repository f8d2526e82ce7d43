import { MOST_BYTES } from "../diff/text.ts";
import { isCountersignError } from "../error.ts";
import { blobId } from "../object/blob-digest.ts";
import { isRegularFile } from "../object/mode.ts";
import type { ObjectId } from "../object/oid.ts";
import { type Entry, isSameEntry } from "./entry.ts";
import { mergeLines } from "./merge-lines.ts";
import type { MergeReader } from "./merge-reader.ts";

/** What a clean merge of a path gives; undefined where it conflicts. The file that comes out need not be stored. */
export async function mergeEntries(
  repository: MergeReader,
  base: Entry,
  ours: Entry,
  theirs: Entry,
): Promise<Entry | undefined> {
  if (isSameEntry(ours, theirs) || isSameEntry(base, theirs)) return ours;
  if (isSameEntry(base, ours)) return theirs;
  if (![base, ours, theirs].every(({ mode }) => isRegularFile(mode))) return undefined;
  const mode = settle(base.mode, ours.mode, theirs.mode);
  if (mode === undefined) return undefined;
  const oid = settle(base.oid, ours.oid, theirs.oid) ?? (await mergeFiles(repository, base.oid, ours.oid, theirs.oid));
  return oid && { mode, oid };
}

/** What one side alone changed, or both alike; undefined where each changed it in its own way. */
function settle<Value>(base: Value, ours: Value, theirs: Value): Value | undefined {
  if (ours === theirs || theirs === base) return ours;
  return ours === base ? theirs : undefined;
}

async function mergeFiles(
  repository: MergeReader,
  base: ObjectId,
  ours: ObjectId,
  theirs: ObjectId,
): Promise<ObjectId | undefined> {
  const files: Uint8Array[] = [];
  for (const oid of [base, ours, theirs]) {
    const file = await readFile(repository, oid);
    if (!file) return undefined;
    files.push(file);
  }
  const [old, our, their] = files as [Uint8Array, Uint8Array, Uint8Array];
  const merged = mergeLines(old, our, their);
  return merged.clean ? blobId(merged.bytes, repository.format) : undefined;
}

/** A file's bytes; undefined where it is larger than what is merged. */
async function readFile(repository: MergeReader, oid: ObjectId): Promise<Uint8Array | undefined> {
  try {
    return await repository.blob(oid, MOST_BYTES);
  } catch (error) {
    if (isCountersignError(error) && error.code === "BLOB_TOO_LARGE") return undefined;
    throw error;
  }
}
