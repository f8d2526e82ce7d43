import type { CommitParents } from "../repository.ts";
import { type Entry, isSameEntry, newEntry, oldEntry } from "./entry.ts";
import type { MergeReader } from "./merge-reader.ts";

/** A path that a merge and its parents do not all have alike. */
export interface MergedPath {
  readonly path: Uint8Array;
  /** What the merge has there. */
  readonly result: Entry;
  /** What the parents have there, each entry once, the first parent's first; three stand for more. */
  readonly sides: readonly Entry[];
  /** Whether a forged tree has the path twice, so that nobody can say what stands there. */
  readonly isTwice: boolean;
}

/** The paths by their keys. */
export type MergedPaths = ReadonlyMap<string, MergedPath>;

const MOST_SIDES = 3;

/** Two paths have the same key where they have the same bytes, and nowhere else. */
export function pathKey(path: Uint8Array): string {
  return latin1.decode(path);
}

const latin1 = new TextDecoder("latin1");

/** Compares a merge with each of its parents. */
export async function readMergedPaths(repository: MergeReader, { oid, parents }: CommitParents): Promise<MergedPaths> {
  const paths = new Map<string, PathInWork>();
  let parent = 0;
  for await (const { changes } of repository.changes(parents.map((one) => ({ oid, parents: [one] })))) {
    for (const change of changes) {
      const key = pathKey(change.path);
      const known = paths.get(key);
      const path = known ?? { path: change.path, result: newEntry(change), sides: [], isTwice: false, parents: 0 };
      if (!known) paths.set(key, path);
      path.isTwice ||= path.parents > parent;
      skipTo(path, parent);
      addSide(path, oldEntry(change));
      path.parents = parent + 1;
    }
    parent += 1;
  }
  for (const path of paths.values()) skipTo(path, parents.length);
  return paths;
}

interface PathInWork extends MergedPath {
  readonly sides: Entry[];
  isTwice: boolean;
  /** How many parents were looked at. */
  parents: number;
}

/** A parent that does not differ from the merge has what the merge has. */
function skipTo(path: PathInWork, parent: number): void {
  if (path.parents < parent) addSide(path, path.result);
}

function addSide({ sides }: PathInWork, entry: Entry): void {
  const isKnown = sides.length === MOST_SIDES || sides.some((side) => isSameEntry(side, entry));
  if (!isKnown) sides.push(entry);
}
