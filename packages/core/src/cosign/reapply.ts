import { equalBytes } from "../bytes.ts";
import { Effort } from "../diff/effort.ts";
import { MOST_BYTES } from "../diff/text.ts";
import { isSameChange } from "../merge/entry.ts";
import { keepsPlaces } from "../merge/keeps-places.ts";
import { mergeFiles } from "../merge/merge-files.ts";
import type { BlobReader } from "../merge/merge-reader.ts";
import type { Change } from "../object/change.ts";
import { isRegularFile } from "../object/mode.ts";
import { objectId } from "../object/object-digest.ts";
import type { ObjectId } from "../object/oid.ts";
import { isPolicyChange } from "../policy/policy-files.ts";

/**
 * The paths at which a change that lands is the approved one, applied to a file that has moved on in the meantime; undefined
 * where it is anything else. Each path is either exactly as approved, or the clean line merge of what was approved, every
 * line under the lines under which it was approved. Links, submodules, binary files, added and deleted files and the
 * policy only exactly.
 */
export async function findReapplied(
  repository: BlobReader,
  approved: readonly Change[],
  landing: readonly Change[],
): Promise<readonly Uint8Array[] | undefined> {
  if (approved.length !== landing.length) return undefined;
  const effort = Effort.forMany();
  const moved: Uint8Array[] = [];
  for (const [at, change] of landing.entries()) {
    const before = approved[at];
    if (!before || !equalBytes(before.path, change.path)) return undefined;
    if (isSameChange(before, change)) continue;
    if (!(await isReapplied(repository, before, change, effort))) return undefined;
    moved.push(change.path);
  }
  return moved;
}

async function isReapplied(
  repository: BlobReader,
  approved: Change,
  landing: Change,
  effort: Effort,
): Promise<boolean> {
  if (approved.oldMode !== landing.oldMode || approved.newMode !== landing.newMode) return false;
  if (!isRegularFile(approved.oldMode) || !isRegularFile(approved.newMode)) return false;
  if (isPolicyChange(landing)) return false;
  const triple = { base: approved.oldOid, ours: landing.oldOid, theirs: approved.newOid };
  const merged = await mergeFiles(repository, triple, effort);
  if (!merged || objectId("blob", merged, repository.format) !== landing.newOid) return false;
  const read = (oid: ObjectId): Promise<Uint8Array> => repository.blob(oid, MOST_BYTES);
  const [before, after, was] = await Promise.all([read(approved.oldOid), read(approved.newOid), read(landing.oldOid)]);
  return effort.one((one) => keepsPlaces({ before, after }, { before: was, after: merged }, one));
}
