import { bytesOfHex } from "../bytes.ts";
import { groupBy } from "../group-by.ts";
import type { Entry } from "../merge/entry.ts";
import { pathKey } from "../merge/merged-paths.ts";
import { NO_MODE } from "../object/change.ts";
import { FOLDER } from "../object/mode.ts";
import type { ObjectId } from "../object/oid.ts";
import { compareEntries, idOf, type RawEntry, readEntries } from "../object/tree-entries.ts";
import type { WouldBeRepository } from "./would-be-repository.ts";

/** What is to stand at a path: of the mode `NO_MODE`, nothing. */
export interface PathEntry extends Entry {
  readonly path: Uint8Array;
}

const SLASH = 0x2f;
const TREE_LIMIT = 64 * 1024 * 1024;

/**
 * The tree that has these entries in place of what a tree has there, in memory; undefined if a file would stand in
 * the place of a folder that keeps others, or the other way round.
 */
export async function editTree(
  repository: WouldBeRepository,
  tree: ObjectId | undefined,
  edits: readonly PathEntry[],
): Promise<ObjectId | undefined> {
  const entries = await editFolder(repository, tree, edits);
  return entries && repository.made.addTree(entries);
}

async function editFolder(
  repository: WouldBeRepository,
  tree: ObjectId | undefined,
  edits: readonly PathEntry[],
): Promise<readonly RawEntry[] | undefined> {
  const bytes = tree === undefined ? new Uint8Array() : await repository.tree(tree, TREE_LIMIT);
  const entries = new Map(readEntries(bytes, repository.format).map((entry) => [pathKey(entry.name), entry]));
  for (const [key, some] of groupBy(edits, ({ path }) => pathKey(firstName(path)))) {
    const edited = await editEntry(repository, entries.get(key), some);
    if (edited === "conflict") return undefined;
    if (edited) entries.set(key, edited);
    else entries.delete(key);
  }
  return [...entries.values()].sort(compareEntries);
}

/** What becomes of one entry of a folder; undefined if nothing is left of it. */
async function editEntry(
  repository: WouldBeRepository,
  old: RawEntry | undefined,
  edits: readonly PathEntry[],
): Promise<RawEntry | undefined | "conflict"> {
  const [first] = edits;
  if (!first) return old;
  const name = firstName(first.path);
  const within = edits.filter(({ path }) => path.length > name.length);
  const itself = edits.find(({ path }) => path.length === name.length);
  let entry = old;
  if (itself && old?.mode !== FOLDER) entry = undefined;
  if (within.length > 0) {
    const puts = within.some(({ mode }) => mode !== NO_MODE);
    if (entry && entry.mode !== FOLDER) {
      if (puts) return "conflict";
    } else {
      const below = within.map((edit) => ({ ...edit, path: edit.path.subarray(name.length + 1) }));
      const inside = await editFolder(repository, entry && idOf(entry), below);
      if (!inside) return "conflict";
      entry = inside.length === 0 ? undefined : rawEntry(name, { mode: FOLDER, oid: repository.made.addTree(inside) });
    }
  }
  if (!itself || itself.mode === NO_MODE) return entry;
  return entry ? "conflict" : rawEntry(name, itself);
}

function firstName(path: Uint8Array): Uint8Array {
  const slash = path.indexOf(SLASH);
  return slash < 0 ? path : path.subarray(0, slash);
}

function rawEntry(name: Uint8Array, { mode, oid }: Entry): RawEntry {
  return { name, mode, id: bytesOfHex(oid) };
}
