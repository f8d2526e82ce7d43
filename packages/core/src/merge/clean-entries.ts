import { Effort } from "../diff/effort.ts";
import type { ObjectId } from "../object/oid.ts";
import type { CommitParents } from "../repository.ts";
import { findCommonBases } from "./common-bases.ts";
import { type CleanEntry, type Entry, isSameEntry, noEntry, oldEntry } from "./entry.ts";
import { mergeEntries } from "./merge-entries.ts";
import type { MergeReader } from "./merge-reader.ts";
import { type MergedPath, type MergedPaths, pathKey } from "./merged-paths.ts";

/** What a clean merge of the parents gives, at each path where there is such a thing. */
export async function findCleanEntries(
  repository: MergeReader,
  merge: CommitParents,
  paths: MergedPaths,
): Promise<ReadonlyMap<string, CleanEntry>> {
  const clean = new Map<string, CleanEntry>();
  const contested = new Map<string, MergedPath>();
  for (const [key, path] of paths) {
    const [side, other] = path.sides;
    if (path.isTwice) continue;
    // What all parents have alike needs no base.
    if (side && !other) clean.set(key, side);
    else contested.set(key, path);
  }
  if (contested.size === 0) return clean;
  const merged = await mergeContested({ repository, merge, paths: contested, effort: Effort.forMany() });
  return new Map([...clean, ...merged]);
}

/** Paths that the parents of a merge do not have alike, and what merging them line by line may cost together. */
interface Contest {
  readonly repository: MergeReader;
  readonly merge: CommitParents;
  readonly paths: MergedPaths;
  readonly effort: Effort;
}

/** What every merge base gives; where there is none, what an empty one does. */
async function mergeContested(contest: Contest): Promise<ReadonlyMap<string, CleanEntry>> {
  const bases = await findCommonBases(contest.repository, contest.merge.parents);
  if (!bases) return new Map();
  const [first, ...others] = bases;
  const agreed = await mergeWith(contest, first);
  for (const base of others) {
    const given = await mergeWith(contest, base);
    for (const [key, entry] of agreed) {
      const other = given.get(key);
      if (!other || !isSameEntry(entry, other)) agreed.delete(key);
    }
  }
  return agreed;
}

async function mergeWith(contest: Contest, base: ObjectId | undefined): Promise<Map<string, CleanEntry>> {
  const { repository, merge, paths, effort } = contest;
  const before = base && (await readEntries(contest, base));
  const given = new Map<string, CleanEntry>();
  for (const [key, { sides, result }] of paths) {
    const entry = before ? (before.get(key) ?? result) : noEntry(repository.format);
    const [ours, theirs] = sides;
    const isPair = merge.parents.length === 2 && ours && theirs;
    const merged = isPair ? await mergeEntries(repository, entry, ours, theirs, effort) : onlyChange(entry, sides);
    if (merged) given.set(key, merged);
  }
  return given;
}

/** What stands in the base at those of the paths where the merge has something else. */
async function readEntries({ repository, merge, paths }: Contest, base: ObjectId): Promise<ReadonlyMap<string, Entry>> {
  const entries = new Map<string, Entry>();
  for await (const { changes } of repository.changes([{ oid: merge.oid, parents: [base] }])) {
    for (const change of changes) {
      const key = pathKey(change.path);
      if (paths.has(key)) entries.set(key, oldEntry(change));
    }
  }
  return entries;
}

/** What all sides have that changed a path; undefined if they do not have it alike. */
function onlyChange(base: Entry, sides: readonly Entry[]): Entry | undefined {
  const [changed, other] = sides.filter((side) => !isSameEntry(side, base));
  return other ? undefined : (changed ?? base);
}
