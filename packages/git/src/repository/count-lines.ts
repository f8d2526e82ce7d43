import type { Change, CommitChanges, ObjectId } from "@countersign/core";
import type { ObjectReader } from "./object-reader.ts";

/** How far git looks for a NUL before it takes a file for text. */
const BINARY_LOOK = 8000;
/** No more of one file is counted. */
const COUNTED = 64 * 1024 * 1024;

/**
 * Counts the lines that `--numstat` left out. An attribute of the work tree can call any file binary, and a server does
 * not read the same attributes; so the contents decide. A text counts with all its lines, old and new.
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
    if (change.lines !== undefined) counted.push(change);
    else {
      const deleted = await linesOf(objects, change.oldMode, change.oldOid);
      const added = await linesOf(objects, change.newMode, change.newOid);
      counted.push({ ...change, lines: { added, deleted } });
    }
  }
  return counted;
}

async function linesOf(objects: ObjectReader, mode: string, oid: ObjectId): Promise<number> {
  // Only files and symbolic links have contents in this repository.
  if (!/^1[02]/.test(mode)) return 0;
  const bytes = (await objects.read(oid, COUNTED))?.bytes;
  if (!bytes || bytes.subarray(0, BINARY_LOOK).includes(0)) return 0;
  let lines = bytes.length > 0 && bytes[bytes.length - 1] !== 0x0a ? 1 : 0;
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) lines += 1;
  return lines;
}
