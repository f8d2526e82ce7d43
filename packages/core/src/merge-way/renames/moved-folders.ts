import { pathKey } from "../../merge/merged-paths.ts";
import type { Change } from "../../object/change.ts";
import { FOLDER } from "../../object/mode.ts";
import type { ObjectId } from "../../object/oid.ts";
import { idOf, readEntries } from "../../object/tree-entries.ts";
import type { WouldBeRepository } from "../would-be-repository.ts";

const SLASH = 0x2f;
const TREE_LIMIT = 64 * 1024 * 1024;

/** One side of a merge: its tree, and what it changed since the base. */
export interface Side {
  readonly tree: ObjectId;
  readonly changes: readonly Change[];
}

/**
 * What one side added in a folder of which the other one left nothing, having added files elsewhere: git may take the folder
 * for renamed, and move along what is added there.
 */
export async function findAddedInMoved(
  repository: WouldBeRepository,
  moving: Side,
  { changes }: Pick<Side, "changes">,
): Promise<readonly Uint8Array[]> {
  const left = new Set<string>();
  if (moving.changes.some(isAdded)) {
    for (const { status, path } of moving.changes) {
      if (status === "D") for (const folder of foldersOf(path)) left.add(pathKey(folder));
    }
  }
  const gone = new Map<string, boolean>();
  const found: Uint8Array[] = [];
  for (const { path } of left.size === 0 ? [] : changes.filter(isAdded)) {
    for (const folder of foldersOf(path)) {
      const key = pathKey(folder);
      if (!left.has(key)) continue;
      if (!gone.has(key)) gone.set(key, !(await hasFolder(repository, moving.tree, folder)));
      if (!gone.get(key)) continue;
      found.push(path);
      break;
    }
  }
  return found;
}

function isAdded({ status }: Change): boolean {
  return status === "A";
}

/** The folders that a path lies in, except for the root. */
function* foldersOf(path: Uint8Array): Generator<Uint8Array> {
  for (let slash = path.indexOf(SLASH); slash >= 0; slash = path.indexOf(SLASH, slash + 1)) {
    yield path.subarray(0, slash);
  }
}

async function hasFolder(repository: WouldBeRepository, tree: ObjectId, folder: Uint8Array): Promise<boolean> {
  let at: ObjectId = tree;
  for (const name of pathKey(folder).split("/")) {
    const entries = readEntries(await repository.tree(at, TREE_LIMIT), repository.format);
    const entry = entries.find((each) => pathKey(each.name) === name);
    if (entry?.mode !== FOLDER) return false;
    at = idOf(entry);
  }
  return true;
}
