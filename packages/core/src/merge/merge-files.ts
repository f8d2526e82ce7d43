import type { Effort } from "../diff/effort.ts";
import { MOST_BYTES } from "../diff/text.ts";
import { isCountersignError } from "../error.ts";
import type { ObjectId } from "../object/oid.ts";
import type { FileTriple } from "./entry.ts";
import { mergeLines } from "./merge-lines.ts";
import type { BlobReader } from "./merge-reader.ts";

/** The bytes of a clean merge of three stored files; undefined if there is none, or no effort left for it. */
export async function mergeFiles(
  repository: BlobReader,
  { base, ours, theirs }: FileTriple,
  effort: Effort,
): Promise<Uint8Array | undefined> {
  if (effort.isExhausted) return undefined;
  const old = await readFile(repository, base);
  const our = old && (await readFile(repository, ours));
  const their = our && (await readFile(repository, theirs));
  if (!their) return undefined;
  const merged = effort.one((one) => mergeLines(old, our, their, one));
  return merged.clean ? merged.bytes : undefined;
}

/** A file's bytes; undefined if there are more than are ever merged. */
async function readFile(repository: BlobReader, oid: ObjectId): Promise<Uint8Array | undefined> {
  try {
    return await repository.blob(oid, MOST_BYTES);
  } catch (error) {
    if (isCountersignError(error) && error.code === "BLOB_TOO_LARGE") return undefined;
    throw error;
  }
}
