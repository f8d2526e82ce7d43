import { groupBy } from "../../../group-by.ts";
import { type Entry, newEntry, oldEntry } from "../../../merge/entry.ts";
import { pathKey } from "../../../merge/merged-paths.ts";
import { findOwnChanges } from "../../../merge/own-changes.ts";
import type { ObjectId } from "../../../object/oid.ts";
import type { CommitParents, Repository } from "../../../repository.ts";

/** What a commit does itself at a path. */
export interface Doing {
  readonly commit: ObjectId;
  /** What stood there before; where the parents of a merge do not merge cleanly, what each of them has. */
  readonly before: readonly Entry[];
  readonly after: Entry;
}

/** Doings by the key of their path, parents before children. */
export type Doings = ReadonlyMap<string, readonly Doing[]>;

/** Reads what commits do at some paths. A mechanical merge does nothing. */
export async function readDoings(
  repository: Repository,
  commits: readonly CommitParents[],
  paths: ReadonlySet<string>,
): Promise<Doings> {
  const found = new Map<ObjectId, readonly PlacedDoing[]>();
  const plain = commits.filter(({ parents }) => parents.length < 2);
  for await (const { commit, changes } of repository.changes(plain)) {
    const wanted = changes.filter(({ path }) => paths.has(pathKey(path)));
    const placed = wanted.map((change): PlacedDoing => {
      return { key: pathKey(change.path), commit, before: [oldEntry(change)], after: newEntry(change) };
    });
    if (placed.length > 0) found.set(commit, placed);
  }
  for (const merge of await findConcerned(repository, commits, paths)) {
    const placed: PlacedDoing[] = [];
    for (const change of await findOwnChanges(repository, merge)) {
      const key = pathKey(change.path);
      if (!paths.has(key)) continue;
      const before = change.isConflict ? await readSides(repository, merge, change.path) : [oldEntry(change)];
      placed.push({ key, commit: merge.oid, before, after: newEntry(change) });
    }
    found.set(merge.oid, placed);
  }
  const inOrder = commits.flatMap(({ oid }) => found.get(oid) ?? []);
  return groupBy(inOrder, ({ key }) => key);
}

/** A doing, with the key of its path. */
interface PlacedDoing extends Doing {
  readonly key: string;
}

/** The merges that have something else than a parent at one of the paths; no other one does anything there. */
async function findConcerned(
  repository: Repository,
  commits: readonly CommitParents[],
  paths: ReadonlySet<string>,
): Promise<readonly CommitParents[]> {
  const merges = commits.filter(({ parents }) => parents.length > 1);
  const pairs = merges.flatMap(({ oid, parents }) => parents.map((parent) => ({ oid, parents: [parent] })));
  const concerned = new Set<ObjectId>();
  for await (const { commit, changes } of repository.changes(pairs)) {
    if (changes.some(({ path }) => paths.has(pathKey(path)))) concerned.add(commit);
  }
  return merges.filter(({ oid }) => concerned.has(oid));
}

/** What each parent of a merge has at a path. */
async function readSides(
  repository: Repository,
  { oid, parents }: CommitParents,
  path: Uint8Array,
): Promise<readonly Entry[]> {
  const key = pathKey(path);
  const sides: Entry[] = [];
  const pairs = parents.map((parent) => ({ oid, parents: [parent] }));
  for await (const { changes } of repository.changes(pairs)) {
    const change = changes.find((each) => pathKey(each.path) === key);
    if (change) sides.push(oldEntry(change));
  }
  return sides;
}
