import { compareBytes } from "../bytes.ts";
import { type Change, statusOf } from "../object/change.ts";
import type { CommitParents } from "../repository.ts";
import { findCleanEntries } from "./clean-entries.ts";
import { type FileTriple, isSameEntry } from "./entry.ts";
import type { MergeReader } from "./merge-reader.ts";
import { readMergedPaths } from "./merged-paths.ts";
import { OwnLines } from "./own-lines.ts";

/** A path that a merge changed itself: from what a clean merge of its parents gives to what it has. */
export interface OwnChange extends Change {
  /** Whether the parents do not merge cleanly there: then it is from what the first parent has, even if that stays. */
  readonly isConflict: boolean;
  /** The files out of which, line by line, the one before came: it need not be stored anywhere. */
  readonly mergedFrom?: FileTriple;
}

/**
 * What a merge does itself, path by path, in git's order: nothing for a mechanical merge. What a clean merge of the
 * parents gives is nobody's work: what one side alone changed, and what comes out where both changed a file, line by line
 * and by each merge base alike; without a merge base all was added. Of three or more parents those that changed a path
 * must have it alike. Renames are not followed.
 * @throws if history or a file that decides is absent.
 */
export async function findOwnChanges(
  repository: MergeReader,
  merge: CommitParents,
  options: { readonly lines?: boolean } = {},
): Promise<readonly OwnChange[]> {
  const paths = await readMergedPaths(repository, merge, options);
  const clean = await findCleanEntries(repository, merge, paths);
  const lines = new OwnLines(repository);
  const changes: OwnChange[] = [];
  for (const [key, merged] of paths) {
    const { path, sides, result } = merged;
    const given = clean.get(key);
    if (given && isSameEntry(given, result)) continue;
    const before = given ?? sides[0] ?? result;
    changes.push({
      path,
      oldMode: before.mode,
      newMode: result.mode,
      oldOid: before.oid,
      newOid: result.oid,
      status: statusOf(before.mode, result.mode),
      isConflict: given === undefined,
      ...(given?.mergedFrom && { mergedFrom: given.mergedFrom }),
      ...(options.lines && { lines: await lines.count(merged, before) }),
    });
  }
  return changes.sort((a, b) => compareBytes(a.path, b.path));
}
