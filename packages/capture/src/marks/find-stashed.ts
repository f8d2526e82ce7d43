import { isObjectId, type ObjectId } from "@countersign/core";
import { type GitContext, git } from "@countersign/git/internal";
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
  /** Absent where HEAD had no such file. */
  readonly from?: ObjectId;
  readonly to: ObjectId;
}

/** The files of a stash that are not as the commit had them, and those that git did not know. */
async function listStash(context: GitContext, stash: ObjectId): Promise<readonly StashedFile[]> {
  const changed = await git(context, [
    "diff-tree",
    "-r",
    "-z",
    "--no-renames",
    "--diff-filter=AMT",
    `${stash}^1`,
    stash,
  ]);
  const unknown = await git(context, ["ls-tree", "-r", "-z", `${stash}^3`], [0, 128]);
  return [...changed.output.matchAll(CHANGED), ...unknown.output.matchAll(UNKNOWN)].flatMap(({ groups = {} }) => {
    const { from = "", to = "", path = "" } = groups;
    const known = isObjectId(from) && !/^0+$/.test(from) ? { from } : {};
    return isObjectId(to) ? [{ path: Buffer.from(path).toString("latin1"), to, ...known }] : [];
  });
}

const CHANGED = /:\d+ \d+ (?<from>[0-9a-f]+) (?<to>[0-9a-f]+) [A-Z]\0(?<path>[^\0]+)\0/g;
const UNKNOWN = /[0-7]{6} blob (?<to>[0-9a-f]+)\t(?<path>[^\0]+)\0/g;
