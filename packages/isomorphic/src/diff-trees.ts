import { type Change, joinBytes, type ObjectId, zeroOid } from "@countersign/core";
import { unreadable } from "./faults.ts";
import type { ObjectStore } from "./object-store.ts";
import { compareEntries, FOLDER, type RawEntry, readEntries } from "./tree-entries.ts";

const ZERO = zeroOid("sha1");
const ABSENT = { mode: "000000", oid: ZERO };
const SLASH = Uint8Array.of(0x2f);

/**
 * The changes from one tree to another in the order of `git diff-tree -r`. Equal folders are not opened; with `names`, no
 * folder is, and only the root's entries of these names are told.
 */
export async function diffTrees(
  objects: ObjectStore,
  before: ObjectId | undefined,
  after: ObjectId,
  names?: readonly string[],
): Promise<Change[]> {
  const changes: Change[] = [];
  await collect({ objects, names, changes }, before, after, new Uint8Array());
  return changes;
}

interface Diff {
  readonly objects: ObjectStore;
  readonly names: readonly string[] | undefined;
  readonly changes: Change[];
}

async function collect(
  diff: Diff,
  before: ObjectId | undefined,
  after: ObjectId | undefined,
  folder: Uint8Array,
): Promise<void> {
  if (before === after) return;
  const left = await readTree(diff.objects, before);
  const right = await readTree(diff.objects, after);
  let i = 0;
  let j = 0;
  while (i < left.length || j < right.length) {
    const order = compareAt(left[i], right[j]);
    const old = order <= 0 ? left[i++] : undefined;
    const now = order >= 0 ? right[j++] : undefined;
    await compare(diff, old, now, folder);
  }
}

/** Where one side has ended, the other comes first. */
function compareAt(a: RawEntry | undefined, b: RawEntry | undefined): number {
  if (!a) return 1;
  return b ? compareEntries(a, b) : -1;
}

/** A folder and a file of one name are never compared: they stand at different places of the order. */
async function compare(
  diff: Diff,
  old: RawEntry | undefined,
  now: RawEntry | undefined,
  folder: Uint8Array,
): Promise<void> {
  const entry = now ?? old;
  if (!entry || (old?.oid === now?.oid && old?.mode === now?.mode)) return;
  const path = joinBytes([folder, entry.name]);
  if (diff.names && !diff.names.includes(new TextDecoder().decode(path))) return;
  if (entry.mode === FOLDER && !diff.names) {
    await collect(diff, old?.oid, now?.oid, joinBytes([path, SLASH]));
    return;
  }
  const { mode: oldMode, oid: oldOid } = old ?? ABSENT;
  const { mode: newMode, oid: newOid } = now ?? ABSENT;
  diff.changes.push({ path, oldMode, newMode, oldOid, newOid, status: statusOf(old, now) });
}

function statusOf(old: RawEntry | undefined, now: RawEntry | undefined): Change["status"] {
  if (!old) return "A";
  if (!now) return "D";
  // The first three digits are the type: file, symbolic link or submodule.
  return old.mode.slice(0, 3) === now.mode.slice(0, 3) ? "M" : "T";
}

async function readTree(objects: ObjectStore, oid: ObjectId | undefined): Promise<readonly RawEntry[]> {
  if (oid === undefined) return [];
  const bytes = await objects.read(oid, "tree", "the tree");
  try {
    return readEntries(bytes);
  } catch (error) {
    throw unreadable(`tree ${oid}`, error);
  }
}
