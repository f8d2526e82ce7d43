import { type Change, changeDigest, type ObjectId, parseCommit, pathsDigest } from "@countersign/core";
import { findSums, type GitRepository, listRange } from "@countersign/git/internal";

/** The changes that a request can have signed, found by what a block says of one. */
export type FindChanges = (block: { readonly change: string; readonly paths: string }) => readonly Change[] | undefined;

/**
 * All that a signer can have approved of a head: each of its commits, and the head as one change for each base, which is
 * where a branch stood for the signer. Read once for each set of bases: most records of a comment have the same.
 */
export function openRequestChanges(
  repository: GitRepository,
  head: ObjectId,
): (bases: readonly ObjectId[]) => Promise<FindChanges> {
  const known = new Map<string, Promise<FindChanges>>();
  return (bases) => {
    const key = bases.join(" ");
    const found = known.get(key) ?? readRequestChanges(repository, head, bases);
    known.set(key, found);
    return found;
  };
}

async function readRequestChanges(
  repository: GitRepository,
  head: ObjectId,
  bases: readonly ObjectId[],
): Promise<FindChanges> {
  const found = new Map<string, readonly Change[]>();
  const add = (changes: readonly Change[]): void => {
    found.set(keyOf({ change: changeDigest(changes), paths: pathsDigest(changes) }), changes);
  };
  for (const base of bases) {
    const { whole, landing } = await findSums(repository, { tip: head, from: undefined }, base);
    for (const sum of [whole, landing]) if (sum) add(sum.changes);
  }
  const commits = [];
  for (const oid of await listRange(repository.context, head, bases)) {
    commits.push(parseCommit(await repository.commit(oid)));
  }
  for await (const { changes } of repository.changes(commits)) add(changes);
  return (block) => found.get(keyOf(block));
}

function keyOf({ change, paths }: { readonly change: string; readonly paths: string }): string {
  return `${change} ${paths}`;
}
