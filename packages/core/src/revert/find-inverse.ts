import { Effort } from "../diff/effort.ts";
import { type Entry, isSameEntry, newEntry, oldEntry } from "../merge/entry.ts";
import { pathKey } from "../merge/merged-paths.ts";
import type { Change } from "../object/change.ts";
import { parseCommit } from "../object/commit.ts";
import type { ObjectId } from "../object/oid.ts";
import type { CommitParents, Repository } from "../repository.ts";
import { TakenBack } from "./taken-back.ts";

/** No more commits are taken back by one that a person makes. */
const MOST_NAMED = 20;
/** How far back commits that nobody names are looked for. */
const MOST_RECENT = 50;

/** A change of a commit's tree that may take back what stands there. */
export interface Undoing {
  /** The commit on which it is made. */
  readonly head: ObjectId;
  readonly changes: readonly Change[];
  /** Commits that it is said to take back. */
  readonly named: readonly ObjectId[];
}

/**
 * The commits of which a change is the exact inverse; undefined if it is of none. Each path is as it was before them, or
 * what merging their inverse line by line gives, as `git revert` makes it where the file has moved on. Renames are not
 * followed.
 */
export async function findInverse(
  repository: Repository,
  undoing: Undoing,
): Promise<readonly CommitParents[] | undefined> {
  if (undoing.changes.length === 0) return undefined;
  return (await findNamed(repository, undoing)) ?? (await findRecent(repository, undoing));
}

/** By the commits that are named, in the one order or the other: where they changed the same lines it matters. */
async function findNamed(
  repository: Repository,
  { head, changes, named }: Undoing,
): Promise<readonly CommitParents[] | undefined> {
  if (named.length === 0 || named.length > MOST_NAMED) return undefined;
  const commits: CommitParents[] = [];
  for (const oid of named) commits.push(parseCommit(await repository.commit(oid)));
  for (const order of [commits, [...commits].reverse()]) {
    const state = new TakenBack(repository, head, changes, Effort.forMany());
    if ((await state.takeBack(order)) && state.isDone) return commits;
  }
  return undefined;
}

/** By the latest commits that changed nothing else, from the newest on: each path goes back to what was before them. */
async function findRecent(
  repository: Repository,
  { head, changes }: Undoing,
): Promise<readonly CommitParents[] | undefined> {
  const recent: CommitParents[] = [];
  for await (const raw of repository.commits({ tips: [head], exclude: [], most: MOST_RECENT })) {
    recent.push(parseCommit(raw));
    if (recent.length === MOST_RECENT) break;
  }
  const state = new Map<string, Entry>(changes.map((change) => [pathKey(change.path), oldEntry(change)]));
  const goal = new Map<string, Entry>(changes.map((change) => [pathKey(change.path), newEntry(change)]));
  const found: CommitParents[] = [];
  let index = 0;
  for await (const { changes: own } of repository.changes(recent)) {
    const commit = recent[index++] as CommitParents;
    const isLast = own.every((change) => {
      const [now, wanted] = [state.get(pathKey(change.path)), goal.get(pathKey(change.path))];
      return now && wanted && isSameEntry(now, newEntry(change)) && !isSameEntry(now, wanted);
    });
    if (own.length === 0 || !isLast) continue;
    found.push(commit);
    for (const change of own) state.set(pathKey(change.path), oldEntry(change));
  }
  const isDone = [...goal].every(([key, entry]) => isSameEntry(entry, state.get(key) as Entry));
  return isDone ? found : undefined;
}
