import { decodeText, equalBytes, joinBytes } from "../bytes.ts";
import { type Change, NO_MODE, statusOf } from "./change.ts";
import { FOLDER } from "./mode.ts";
import { type ObjectFormat, type ObjectId, zeroOid } from "./oid.ts";
import { compareEntries, idOf, type RawEntry } from "./tree-entries.ts";

const SLASH = Uint8Array.of(0x2f);

/** How trees are read that are to be compared. */
export interface TreeSource {
  readonly format: ObjectFormat;
  /** `folder` is where the tree was met: empty, or a path that ends in a slash. */
  entries(tree: ObjectId, folder: Uint8Array): Promise<readonly RawEntry[]>;
}

/**
 * The changes from one tree to another in the order of `git diff-tree -r`; no tree stands for the empty one. Equal folders
 * are not opened; with `names`, no folder is, and only the root's entries of these names are reported.
 */
export async function diffTrees(
  source: TreeSource,
  before: ObjectId | undefined,
  after: ObjectId | undefined,
  names?: readonly string[],
): Promise<Change[]> {
  const changes: Change[] = [];
  await collect({ source, names, changes }, before, after, new Uint8Array());
  return changes;
}

interface Diff {
  readonly source: TreeSource;
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
  const { source } = diff;
  const [left, right] = await Promise.all([
    before && source.entries(before, folder),
    after && source.entries(after, folder),
  ]);
  await merge(diff, left ?? [], right ?? [], folder);
}

async function merge(
  diff: Diff,
  left: readonly RawEntry[],
  right: readonly RawEntry[],
  folder: Uint8Array,
): Promise<void> {
  let i = 0;
  let j = 0;
  while (i < left.length || j < right.length) {
    const order = compareAt(left[i], right[j]);
    const old = order <= 0 ? left[i++] : undefined;
    const now = order >= 0 ? right[j++] : undefined;
    if (!isSame(old, now)) await compare(diff, old, now, folder);
  }
}

/** Where one side has ended, the other comes first. */
function compareAt(a: RawEntry | undefined, b: RawEntry | undefined): number {
  if (!a) return 1;
  return b ? compareEntries(a, b) : -1;
}

function isSame(old: RawEntry | undefined, now: RawEntry | undefined): boolean {
  return old !== undefined && now !== undefined && old.mode === now.mode && equalBytes(old.id, now.id);
}

/** A folder and a file of one name are never compared: they stand at different places of the order. */
async function compare(
  diff: Diff,
  old: RawEntry | undefined,
  now: RawEntry | undefined,
  folder: Uint8Array,
): Promise<void> {
  const entry = now ?? old;
  if (!entry) return;
  const path = joinBytes([folder, entry.name]);
  if (diff.names && !diff.names.includes(decodeText(path))) return;
  if (entry.mode === FOLDER && !diff.names) {
    await collect(diff, old && idOf(old), now && idOf(now), joinBytes([path, SLASH]));
    return;
  }
  const none = zeroOid(diff.source.format);
  const oldMode = old?.mode ?? NO_MODE;
  const newMode = now?.mode ?? NO_MODE;
  diff.changes.push({
    path,
    oldMode,
    newMode,
    oldOid: old ? idOf(old) : none,
    newOid: now ? idOf(now) : none,
    status: statusOf(oldMode, newMode),
  });
}
