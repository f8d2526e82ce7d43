import type { ObjectId } from "@countersign/core";
import { isZeroOid } from "@countersign/core/internal";
import { ObjectReader } from "@countersign/git/internal";
import { findBlobs } from "../content/find-blobs.ts";
import { hashAll, LARGEST_TEXT, readLines } from "../content/lines.ts";
import { shortName } from "../content/short-hash.ts";
import type { Mark } from "./mark.ts";
import type { MarkStore } from "./mark-store.ts";
import type { SessionNotes } from "./session-notes.ts";
import type { WorkTree } from "./work-tree-place.ts";

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
/** What was not committed in that time is taken for thrown away. */
const KEPT = 14 * DAY;
/** What was committed may be taken back and committed again, and should then be known again. */
const KEPT_COMMITTED = DAY;
/** How many marks are held against HEAD at a time. */
const MOST_COMPARED = 500;

/** Removes the marks that no commit can need any more. Any number of processes may do so at once. */
export async function sweepMarks(store: MarkStore, notes: SessionNotes, tree: WorkTree): Promise<void> {
  const now = Date.now();
  notes.forget(now - KEPT);
  for (const name of store.listTemporary()) if ((store.age(name) ?? now) < now - HOUR) store.remove(name);
  const older: string[] = [];
  for (const { name } of store.list()) {
    const age = now - (store.age(name) ?? now);
    if (age > KEPT) store.remove(name);
    else if (age > KEPT_COMMITTED) older.push(name);
  }
  for (const name of await findCommitted(store, older.slice(0, MOST_COMPARED), tree)) store.remove(name);
}

/** The names of those marks of this work tree whose change HEAD has. */
async function findCommitted(store: MarkStore, names: readonly string[], tree: WorkTree): Promise<readonly string[]> {
  const own = shortName(tree.gitDir);
  const marks = names.flatMap((name) => {
    const mark = store.read(name);
    return typeof mark === "object" && mark.worktree === own ? [{ name, mark }] : [];
  });
  if (marks.length === 0) return [];
  const inHead = ({ path }: Mark): string => `HEAD:${path}`;
  const heads = await findBlobs(
    tree.context,
    marks.map(({ mark }) => inHead(mark)),
  );
  const reader = new ObjectReader(tree.context);
  const committed: string[] = [];
  for (const { name, mark } of marks) {
    const place = inHead(mark);
    if (heads.has(place) && (await isCommitted(mark, heads.get(place), reader))) committed.push(name);
  }
  await reader.close();
  return committed;
}

async function isCommitted(mark: Mark, head: ObjectId | undefined, reader: ObjectReader): Promise<boolean> {
  const { blob, added, removed } = mark;
  if (head === undefined) return blob !== undefined && isZeroOid(blob);
  if (blob === head) return true;
  if (added.length + removed.length === 0) return false;
  const object = await reader.read(head, LARGEST_TEXT + 1);
  const lines = object && readLines(object.bytes);
  if (!lines) return false;
  const hashes = hashAll(lines);
  return added.every((hash) => hashes.has(hash)) && !removed.some((hash) => hashes.has(hash));
}
