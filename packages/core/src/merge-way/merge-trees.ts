import { Effort } from "../diff/effort.ts";
import { findCommonBases } from "../merge/common-bases.ts";
import { type CleanEntry, type Entry, isSameEntry, noEntry } from "../merge/entry.ts";
import { mergeEntries } from "../merge/merge-entries.ts";
import { mergeFiles } from "../merge/merge-files.ts";
import type { Change } from "../object/change.ts";
import type { ObjectId } from "../object/oid.ts";
import { editTree, type PathEntry } from "./edit-tree.ts";
import { matchSides } from "./renames/match-sides.ts";
import { findAddedInMoved, type Side } from "./renames/moved-folders.ts";
import type { WouldBeRepository } from "./would-be-repository.ts";

/** The tree that a merge gives, or why none is known. */
export type MergedTree = { readonly tree: ObjectId } | Unmerged;

export interface Unmerged {
  /** The paths at which a person has to decide, or git does: none where folders and files collide. */
  readonly conflicts: readonly Uint8Array[];
  /** Whether git may settle them by what it takes for renamed. */
  readonly mayBeRenamed: boolean;
}

export const UNMERGED: Unmerged = { conflicts: [], mayBeRenamed: false };

/** The clean merge of two commits, by each of their merge bases alike. */
export async function mergeCommits(
  repository: WouldBeRepository,
  ours: ObjectId,
  theirs: ObjectId,
): Promise<MergedTree> {
  const bases = await findCommonBases(repository, [ours, theirs]);
  if (!bases) return UNMERGED;
  let agreed: MergedTree | undefined;
  for (const base of bases.length === 0 ? [undefined] : bases) {
    const merged = await mergeOnto(repository, base, ours, theirs);
    if ("conflicts" in merged) return merged;
    if (agreed && "tree" in agreed && agreed.tree !== merged.tree) return UNMERGED;
    agreed = merged;
  }
  return agreed ?? UNMERGED;
}

/** Puts what leads from a base to one commit onto another one, as git does where no file is renamed but as it was. */
export async function mergeOnto(
  repository: WouldBeRepository,
  base: ObjectId | undefined,
  ours: ObjectId,
  theirs: ObjectId,
): Promise<MergedTree> {
  const asked = [theirs, ours].map((oid) => ({ oid, parents: base === undefined ? [] : [base] }));
  const [brought = [], own = []] = await readAll(repository, asked);
  const { files, doubtful } = matchSides(own, brought, repository.format);
  const root = await repository.treeOf(ours);
  const our: Side = { tree: root, changes: own };
  const their: Side = { tree: await repository.treeOf(theirs), changes: brought };
  const inMoved = [await findAddedInMoved(repository, our, their), await findAddedInMoved(repository, their, our)];
  const renamed = [...doubtful, ...inMoved.flat()];
  if (renamed.length > 0) return { conflicts: renamed, mayBeRenamed: true };
  const effort = Effort.forMany();
  const edits: PathEntry[] = [];
  const conflicts: Uint8Array[] = [];
  for (const { path, ourPath, ...file } of files) {
    const merged = await mergeEntries(repository, file.base, file.ours, file.theirs, effort);
    if (!merged) conflicts.push(path);
    else if (ourPath || !isSameEntry(merged, file.ours)) edits.push({ path, ...(await keep(repository, merged)) });
    if (ourPath) edits.push({ path: ourPath, ...noEntry(repository.format) });
  }
  if (conflicts.length > 0) return { ...UNMERGED, conflicts };
  const tree = edits.length === 0 ? root : await editTree(repository, root, edits);
  return tree === undefined ? UNMERGED : { tree };
}

async function readAll(
  repository: WouldBeRepository,
  asked: readonly { readonly oid: ObjectId; readonly parents: readonly ObjectId[] }[],
): Promise<readonly (readonly Change[])[]> {
  const found: (readonly Change[])[] = [];
  for await (const { changes } of repository.changes(asked)) found.push(changes);
  return found;
}

/** A file that came out of the merge line by line is stored nowhere. */
async function keep(repository: WouldBeRepository, { mode, oid, mergedFrom }: CleanEntry): Promise<Entry> {
  if (mergedFrom) {
    const bytes = await mergeFiles(repository, mergedFrom, Effort.forMany());
    if (bytes) repository.made.addBlob(bytes);
  }
  return { mode, oid };
}
