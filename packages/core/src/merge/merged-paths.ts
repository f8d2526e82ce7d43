import type { LineCount } from "../object/change.ts";
import type { CommitParents } from "../repository.ts";
import { type Entry, isSameEntry, newEntry, oldEntry } from "./entry.ts";
import type { MergeReader } from "./merge-reader.ts";

/** What a parent has at a path; where they were asked for, also the lines by which the merge differs from it. */
export interface Side extends Entry {
  readonly lines?: LineCount;
}

/** A path that a merge and its parents do not all have alike. */
export interface MergedPath {
  readonly path: Uint8Array;
  /** What the merge has there. */
  readonly result: Entry;
  /** What the parents have there, each entry once, the first parent's first; three stand for more. */
  readonly sides: readonly Side[];
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
export async function readMergedPaths(
  repository: MergeReader,
  { oid, parents }: CommitParents,
  options: { readonly lines?: boolean },
): Promise<MergedPaths> {
  const pairs = parents.map((one) => ({ oid, parents: [one] }));
  const paths = new Map<string, PathInWork>();
  let parent = 0;
  for await (const { changes } of repository.changes(pairs, options)) {
    for (const change of changes) {
      const key = pathKey(change.path);
      const known = paths.get(key);
      const path = known ?? { path: change.path, result: newEntry(change), sides: [], isTwice: false, parents: 0 };
      if (!known) paths.set(key, path);
      path.isTwice ||= path.parents > parent;
      skipTo(path, parent);
      addSide(path, { ...oldEntry(change), ...(change.lines && { lines: change.lines }) });
      path.parents = parent + 1;
    }
    parent += 1;
  }
  for (const path of paths.values()) skipTo(path, parents.length);
  return paths;
}

interface PathInWork extends MergedPath {
  readonly sides: Side[];
  isTwice: boolean;
  /** How many parents were looked at. */
  parents: number;
}

/** A parent that does not differ from the merge has what the merge has. */
function skipTo(path: PathInWork, parent: number): void {
  if (path.parents < parent) addSide(path, { ...path.result, lines: { added: 0, deleted: 0 } });
}

function addSide({ sides }: PathInWork, side: Side): void {
  const isKnown = sides.length === MOST_SIDES || sides.some((known) => isSameEntry(known, side));
  if (!isKnown) sides.push(side);
}
