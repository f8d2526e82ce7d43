import { type Entry, isSameEntry, newEntry, oldEntry } from "../../merge/entry.ts";
import { pathKey } from "../../merge/merged-paths.ts";
import type { Change } from "../../object/change.ts";
import { isRegularFile } from "../../object/mode.ts";
import type { ObjectFormat } from "../../object/oid.ts";
import { findExactRenames } from "./exact-renames.ts";

/** A file that the other side of a merge changed: as it was in the base, and as each side has it. */
export interface MatchedFile {
  /** Where the merge will have it. */
  readonly path: Uint8Array;
  readonly base: Entry;
  readonly ours: Entry;
  readonly theirs: Entry;
  /** Where our side has it, if that is elsewhere. */
  readonly ourPath?: Uint8Array;
}

export interface MatchedSides {
  readonly files: readonly MatchedFile[];
  /** The paths of files that git may take for renamed or not, by how alike they are to others. */
  readonly doubtful: readonly Uint8Array[];
}

/** Matches what two sides changed since their base. A file that one side moved as it was is followed to where it is now. */
export function matchSides(ours: readonly Change[], theirs: readonly Change[], format: ObjectFormat): MatchedSides {
  const [our, their] = [byPath(ours), byPath(theirs)];
  const [ourMoves, theirMoves] = [findMoves(our, their, format), findMoves(their, our, format)];
  const moved = new Set(theirMoves.values());
  const [ourAdded, theirAdded] = [describeAdded(our, their), describeAdded(their, our)];
  /** Whether a path that both sides changed may have been renamed by one that has it no more. */
  const mayBeRenamed = (own: Change, brought: Change): boolean => {
    const [weLeft, theyLeft] = [own.status === "D", brought.status === "D"];
    // What both left is nothing to merge, unless one of them has it elsewhere.
    if (weLeft && theyLeft) return ourAdded.apart || theirAdded.apart;
    return (weLeft && ourAdded.any) || (theyLeft && theirAdded.any);
  };
  const files: MatchedFile[] = [];
  const doubtful: Uint8Array[] = [];
  for (const change of theirs) {
    const { path } = change;
    const key = pathKey(path);
    const [base, brought] = [oldEntry(change), newEntry(change)];
    const [own, ourMove, theirMove] = [our.get(key), ourMoves.get(key), theirMoves.get(key)];
    if (ourMove) files.push({ path: ourMove.path, base, ours: newEntry(ourMove), theirs: brought });
    else if (own && theirMove) {
      files.push({ path: theirMove.path, base, ours: newEntry(own), theirs: newEntry(theirMove), ourPath: path });
    } else if (own && mayBeRenamed(own, change)) doubtful.push(path);
    else if (!moved.has(change)) files.push({ path, base, ours: own ? newEntry(own) : base, theirs: brought });
  }
  return { files, doubtful };
}

type ByPath = ReadonlyMap<string, Change>;

function byPath(changes: readonly Change[]): ByPath {
  return new Map(changes.map((change) => [pathKey(change.path), change]));
}

/** What one side moved that the other one changed, to where the other one has nothing, by the old paths. */
function findMoves(mover: ByPath, other: ByPath, format: ObjectFormat): ByPath {
  const moves = [...findExactRenames([...mover.values()], format)].filter(([from, { path }]) => {
    const change = other.get(from);
    return change && isRegularFile(change.newMode) && !other.has(pathKey(path));
  });
  return new Map(moves);
}

/** Whether a side adds anything, and whether anything of it that the other one does not add alike. */
function describeAdded(side: ByPath, other: ByPath): { readonly any: boolean; readonly apart: boolean } {
  const added = [...side].filter(([, { status }]) => status === "A");
  const isApart = ([key, change]: (typeof added)[number]): boolean => {
    const same = other.get(key);
    return !same || !isSameEntry(newEntry(same), newEntry(change));
  };
  return { any: added.length > 0, apart: added.some(isApart) };
}
