import type { ObjectId } from "../object/oid.ts";
import type { MergeReader } from "./merge-reader.ts";

/** With more parents or more bases than these, nothing is said of what a clean merge would give. */
const MOST_PARENTS = 100;
const MOST_BASES = 8;

/**
 * The best common ancestors of all parents of a merge, as `git merge-base --octopus --all` gives them; undefined if
 * there are too many to ask.
 */
export async function findCommonBases(
  repository: MergeReader,
  [first, ...others]: readonly ObjectId[],
): Promise<readonly ObjectId[] | undefined> {
  if (first === undefined || others.length >= MOST_PARENTS) return undefined;
  let bases: readonly ObjectId[] = [first];
  for (const parent of others) {
    const found = new Set<ObjectId>();
    for (const base of bases) for (const oid of await repository.mergeBases(base, parent)) found.add(oid);
    if (found.size > MOST_BASES) return undefined;
    // Those of two commits are the best already.
    bases = bases.length === 1 ? [...found] : await withoutReached(repository, [...found]);
  }
  return bases;
}

/** Without those that another one reaches. */
async function withoutReached(repository: MergeReader, commits: readonly ObjectId[]): Promise<readonly ObjectId[]> {
  const best: ObjectId[] = [];
  for (const oid of commits) {
    let reached = false;
    for (const other of commits) reached ||= other !== oid && (await repository.isAncestor(oid, other));
    if (!reached) best.push(oid);
  }
  return best;
}
