import { isObjectId, type ObjectId } from "@countersign/core";
import { isZeroOid } from "@countersign/core/internal";
import { type GitContext, listRawChanges, readRecords } from "@countersign/git/internal";
import type { FileMark } from "./make-marks.ts";
import { listStashes, type Snapshot } from "./snapshot.ts";
import type { WorkTree } from "./work-tree-place.ts";

/**
 * What a command has changed and stashed away: it is in the work tree no more, and nobody's work where it is brought back.
 * Known by its very content.
 */
export async function findStashed(tree: WorkTree, { stashes, files }: Snapshot): Promise<readonly FileMark[]> {
  const marks: FileMark[] = [];
  for (const stash of listStashes(tree)) {
    if (stashes.includes(stash)) continue;
    for (const { path, from, to } of await listStash(tree.context, stash)) {
      const before = files.has(path) ? files.get(path)?.oid : from;
      if (to !== before) marks.push({ path, blob: to, added: [], removed: [] });
    }
  }
  return marks;
}

interface StashedFile {
  /** A character a byte. */
  readonly path: string;
  /** Absent if HEAD had no such file. */
  readonly from?: ObjectId;
  readonly to: ObjectId;
}

/** The files of a stash that are not as the commit had them, and those that git did not know. */
async function listStash(context: GitContext, stash: ObjectId): Promise<readonly StashedFile[]> {
  const [changed, unknown] = await Promise.all([
    listRawChanges(context, ["diff-tree", "-r", "--diff-filter=AMT", `${stash}^1`, stash]),
    readRecords(context, ["ls-tree", "-r", "-z", `${stash}^3`], [0, 128]),
  ]);
  const known = changed.map(({ path, oldOid, newOid }) => ({
    path: textOf(path),
    to: newOid,
    ...(isZeroOid(oldOid) ? {} : { from: oldOid }),
  }));
  return [...known, ...readUnknown(unknown)];
}

function readUnknown(records: readonly Buffer[]): readonly StashedFile[] {
  return records.flatMap((record) => {
    const [, to = "", path = ""] = /^\d+ blob ([0-9a-f]+)\t(.+)$/s.exec(textOf(record)) ?? [];
    return isObjectId(to) ? [{ path, to }] : [];
  });
}

/** A character a byte. */
function textOf(bytes: Buffer): string {
  return bytes.toString("latin1");
}
