import { Effort } from "../diff/effort.ts";
import { findCommonBases } from "../merge/common-bases.ts";
import { type CleanEntry, type Entry, isSameEntry, newEntry, oldEntry } from "../merge/entry.ts";
import { mergeEntries } from "../merge/merge-entries.ts";
import { mergeFiles } from "../merge/merge-files.ts";
import { pathKey } from "../merge/merged-paths.ts";
import type { Change } from "../object/change.ts";
import type { ObjectId } from "../object/oid.ts";
import { editTree, type PathEntry } from "./edit-tree.ts";
import type { WouldBeRepository } from "./would-be-repository.ts";

/** The tree that a merge gives, or the paths at which a person has to decide: none where folders and files collide. */
export type MergedTree = { readonly tree: ObjectId } | { readonly conflicts: readonly Uint8Array[] };

/** The clean merge of two commits, by each of their merge bases alike. Renames are not followed. */
export async function mergeCommits(
  repository: WouldBeRepository,
  ours: ObjectId,
  theirs: ObjectId,
): Promise<MergedTree> {
  const bases = await findCommonBases(repository, [ours, theirs]);
  if (!bases) return { conflicts: [] };
  let agreed: MergedTree | undefined;
  for (const base of bases.length === 0 ? [undefined] : bases) {
    const merged = await mergeOnto(repository, base, ours, theirs);
    if ("conflicts" in merged) return merged;
    if (agreed && "tree" in agreed && agreed.tree !== merged.tree) return { conflicts: [] };
    agreed = merged;
  }
  return agreed ?? { conflicts: [] };
}

/** Puts what leads from a base to one commit onto another one. */
export async function mergeOnto(
  repository: WouldBeRepository,
  base: ObjectId | undefined,
  ours: ObjectId,
  theirs: ObjectId,
): Promise<MergedTree> {
  const asked = [theirs, ours].map((oid) => ({ oid, parents: base === undefined ? [] : [base] }));
  const [brought = [], own = []] = await readAll(repository, asked);
  const standing = new Map(own.map((change) => [pathKey(change.path), newEntry(change)]));
  const effort = Effort.forMany();
  const edits: PathEntry[] = [];
  const conflicts: Uint8Array[] = [];
  for (const change of brought) {
    const before = oldEntry(change);
    const ourEntry = standing.get(pathKey(change.path)) ?? before;
    const merged = await mergeEntries(repository, before, ourEntry, newEntry(change), effort);
    if (!merged) conflicts.push(change.path);
    else if (!isSameEntry(merged, ourEntry)) {
      edits.push({ path: change.path, ...(await keep(repository, merged)) });
    }
  }
  if (conflicts.length > 0) return { conflicts };
  const root = await repository.treeOf(ours);
  const tree = edits.length === 0 ? root : await editTree(repository, root, edits);
  return tree === undefined ? { conflicts: [] } : { tree };
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
