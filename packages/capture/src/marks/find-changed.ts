import type { ObjectId } from "@countersign/core";
import type { HookEdit } from "@countersign/core/internal";
import { isChangedSince } from "../content/changed-since.ts";
import { identifyFiles, pathIn } from "../content/file-ids.ts";
import { type FileStatus, readStatus } from "../content/file-status.ts";
import { findBlobs } from "../content/find-blobs.ts";
import { withoutAssembled } from "./assembled.ts";
import type { TouchedFile } from "./make-marks.ts";
import type { Beginning } from "./session-notes.ts";
import { isNoted, MOST_FILES, type Snapshot } from "./snapshot.ts";
import type { WorkTree } from "./work-tree-place.ts";

/**
 * What a command changed that has ended: all that git finds changed and that has another content than before. What git
 * itself put together from what was there, as it does where it brings a stash back, is nobody's work.
 */
export async function findChanged(tree: WorkTree, { snapshot, time }: Beginning): Promise<readonly TouchedFile[]> {
  const { head, files } = await readStatus(tree.context);
  const touched = files
    .filter((file) => isNoted(file) && (!snapshot.cut || snapshot.files.has(nameOf(file))))
    .filter(({ path }) => isChangedSince(time, pathIn(tree.root, path)))
    .slice(0, MOST_FILES);
  if (touched.length === 0) return [];
  const [oids, before] = await Promise.all([
    identifyFiles(
      tree.context,
      tree.root,
      touched.map(({ path }) => path),
    ),
    readBefore(tree, touched, snapshot, head),
  ]);
  const changed = touched
    .map((status) => ({ path: status.path, status, now: oids.get(status.path), before: before.get(status) }))
    .filter((file) => file.now !== file.before);
  const own = await withoutAssembled(tree, changed, snapshot, head);
  return own.map(({ path, status, now }) => {
    const lines = snapshot.files.get(nameOf(status))?.lines;
    return { path, status, now, edit: UNKNOWN_EDIT, before: lines && new Set(lines) };
  });
}

const UNKNOWN_EDIT: HookEdit = { path: "", kind: "written" };

/** The ids that files had: as they were noted, and where they were not, as HEAD had them. */
async function readBefore(
  { context }: WorkTree,
  files: readonly FileStatus[],
  snapshot: Snapshot,
  head: ObjectId | undefined,
): Promise<ReadonlyMap<FileStatus, ObjectId | undefined>> {
  const old = snapshot.head === head ? undefined : snapshot.head;
  const unnoted = files.filter((file) => !snapshot.files.has(nameOf(file)));
  const blobs =
    old &&
    (await findBlobs(
      context,
      unnoted.map((file) => `${old}:${nameOf(file)}`),
    ));
  return new Map(
    files.map((file) => {
      const noted = snapshot.files.get(nameOf(file));
      if (noted) return [file, noted.oid];
      return [file, blobs ? blobs.get(`${old}:${nameOf(file)}`) : file.head];
    }),
  );
}

/** Paths are bytes: a character a byte. */
function nameOf({ path }: FileStatus): string {
  return path.toString("latin1");
}
