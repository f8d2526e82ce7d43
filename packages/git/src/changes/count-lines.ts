import { type Change, type CommitChanges, CountersignError, type ObjectId } from "@countersign/core";
import type { ObjectReader } from "../repository/object-reader.ts";

/** A longer file has more lines than any limit allows. */
const COUNTED = 64 * 1024 * 1024;

/**
 * Counts the lines that `--numstat` left out: those of files that git takes for binary, for a NUL in them or for an
 * attribute of the work tree. All their lines count, old and new, or a NUL in a comment would lift every limit.
 */
export async function* countLines(
  objects: ObjectReader,
  answers: AsyncIterable<CommitChanges>,
): AsyncGenerator<CommitChanges> {
  for await (const { commit, changes } of answers) yield { commit, changes: await countEach(objects, changes) };
}

/** The same for the changes of one commit. */
export async function countEach(objects: ObjectReader, changes: readonly Change[]): Promise<readonly Change[]> {
  const counted: Change[] = [];
  for (const change of changes) {
    const { oldMode, newMode, oldOid, newOid } = change;
    if (change.lines !== undefined) counted.push(change);
    else if (oldOid === newOid) counted.push({ ...change, lines: { added: 0, deleted: 0 } });
    else {
      const deleted = await linesOf(objects, oldMode, oldOid);
      const added = await linesOf(objects, newMode, newOid);
      counted.push({ ...change, lines: { added, deleted } });
    }
  }
  return counted;
}

async function linesOf(objects: ObjectReader, mode: string, oid: ObjectId): Promise<number> {
  // Only files and symbolic links have contents in this repository.
  if (!/^1[02]/.test(mode)) return 0;
  const object = await objects.read(oid, COUNTED);
  if (!object) throw new CountersignError("OBJECT_MISSING", { oid, wanted: "the file" });
  const { bytes, size } = object;
  if (size > bytes.length) return Number.POSITIVE_INFINITY;
  let lines = bytes.length > 0 && bytes[bytes.length - 1] !== 0x0a ? 1 : 0;
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) lines += 1;
  return lines;
}
