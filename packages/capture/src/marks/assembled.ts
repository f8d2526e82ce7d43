import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isObjectId, type ObjectId } from "@countersign/core";
import { mergeLines, objectFormatOf, objectId } from "@countersign/core/internal";
import { ObjectReader } from "@countersign/git/internal";
import type { FileStatus } from "../content/file-status.ts";
import { findBlobs } from "../content/find-blobs.ts";
import { LARGEST_TEXT } from "../content/lines.ts";
import type { Snapshot } from "./snapshot.ts";
import type { WorkTree } from "./work-tree-place.ts";

/** A file whose content is not what it was before a command. */
export interface ChangedFile {
  readonly path: Buffer;
  readonly status: FileStatus;
  /** Absent if it is gone now, or was not there before. */
  readonly now?: ObjectId | undefined;
  readonly before?: ObjectId | undefined;
}

/** A change that git can have brought into a work tree: from one content of a file to another. */
interface Brought {
  readonly from: ObjectId | undefined;
  readonly to: ObjectId | undefined;
}

/**
 * Those of the files that are not merely what git put together from what was there before: a stash, what a merge, pick or
 * revert under way brings, or uncommitted work that was carried to another commit.
 */
export async function withoutAssembled(
  tree: WorkTree,
  files: readonly ChangedFile[],
  snapshot: Snapshot,
  head: ObjectId | undefined,
): Promise<readonly ChangedFile[]> {
  const steps = [...snapshot.stashes.flatMap(stepsOfStash), ...listSteps(tree)];
  const carried = snapshot.head !== undefined && snapshot.head !== head ? snapshot.head : undefined;
  if (files.length === 0 || (steps.length === 0 && carried === undefined)) return files;
  const names = files.flatMap((file) => {
    const path = file.path.toString("latin1");
    const revisions = [...steps.flatMap(({ from, to }) => [from, to]), carried, head];
    return revisions.flatMap((revision) => (revision === undefined ? [] : [`${revision}:${path}`]));
  });
  const blobs = await findBlobs(tree.context, names);
  const reader = new ObjectReader(tree.context);
  const own: ChangedFile[] = [];
  for (const file of files) {
    const at = (revision: string | undefined): ObjectId | undefined =>
      revision === undefined ? undefined : blobs.get(`${revision}:${file.path.toString("latin1")}`);
    const brought: Brought[] = steps.map(({ from, to }) => ({ from: at(from), to: at(to) }));
    if (carried !== undefined) brought.push({ from: at(carried), to: file.before });
    if (!(await isAssembled(file.now, at(head), brought, reader))) own.push(file);
  }
  await reader.close();
  return own;
}

/** Whether a file is as one of the steps leaves it, or as merging the step into what HEAD has gives. */
async function isAssembled(
  now: ObjectId | undefined,
  head: ObjectId | undefined,
  brought: readonly Brought[],
  reader: ObjectReader,
): Promise<boolean> {
  for (const { from, to } of brought) {
    if (from === to) continue;
    if (now === to) return true;
    if (now !== undefined && head && from && to && now === (await mergeBlobs(from, head, to, reader))) return true;
  }
  return false;
}

async function mergeBlobs(
  base: ObjectId,
  ours: ObjectId,
  theirs: ObjectId,
  reader: ObjectReader,
): Promise<ObjectId | undefined> {
  const blobs = await Promise.all([base, ours, theirs].map((oid) => reader.read(oid, LARGEST_TEXT + 1)));
  const [old, our, their] = blobs.map((blob) => (blob && blob.size <= LARGEST_TEXT ? blob.bytes : undefined));
  const merged = old && our && their ? mergeLines(old, our, their) : undefined;
  return merged?.clean ? objectId("blob", merged.bytes, objectFormatOf(base)) : undefined;
}

/** A step from one commit's files to another's, by their revisions. */
interface Step {
  readonly from?: string;
  readonly to: string;
}

/** A stash is a merge: of what was committed, with the index, and perhaps with the files that git did not know. */
function stepsOfStash(stash: ObjectId): readonly Step[] {
  return [{ from: `${stash}^1`, to: stash }, { to: `${stash}^3` }];
}

/** What git is at, as it notes it in its folder. */
function listSteps({ gitDir }: WorkTree): readonly Step[] {
  const idsIn = (name: string): readonly ObjectId[] => readState(gitDir, name).split(/\s+/).filter(isObjectId);
  return [
    ...idsIn("MERGE_HEAD").map((to) => ({ to })),
    ...idsIn("CHERRY_PICK_HEAD").map((to) => ({ from: `${to}^`, to })),
    ...idsIn("REVERT_HEAD").map((from) => ({ from, to: `${from}^` })),
    ...idsIn("REBASE_HEAD").map((to) => ({ from: `${to}^`, to })),
    // What git could merge, with the conflicts that it left.
    ...idsIn("AUTO_MERGE").map((to) => ({ to })),
    ...idsIn("SQUASH_MSG")
      .slice(0, 1)
      .map((to) => ({ to })),
  ];
}

function readState(gitDir: string, name: string): string {
  const path = join(gitDir, name);
  return existsSync(path) ? readFileSync(path, "latin1") : "";
}
