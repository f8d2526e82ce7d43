import { decodeText } from "../../bytes.ts";
import type { Commit } from "../../object/commit.ts";
import type { ObjectId } from "../../object/oid.ts";
import type { Repository } from "../../repository.ts";

/**
 * The merges that bring nothing of their own: each file is as one of the parents has it. A file that both sides changed
 * counts as the merge's own, even if git merged it cleanly: telling them apart would need another merge.
 */
export async function findPlainMerges(
  repository: Repository,
  commits: readonly Commit[],
): Promise<ReadonlySet<ObjectId>> {
  const merges = commits.filter(({ parents }) => parents.length > 1);
  const pairs = merges.flatMap(({ oid, parents }) => parents.map((parent) => ({ oid, parents: [parent] })));
  // What a merge changes against each of the parents that were asked about so far.
  const own = new Map<ObjectId, ReadonlySet<string>>();
  for await (const { commit, changes } of repository.changes(pairs)) {
    const before = own.get(commit);
    const paths = changes.map(({ path, newOid, newMode }) => `${newMode} ${newOid} ${decodeText(path)}`);
    own.set(commit, new Set(before ? paths.filter((path) => before.has(path)) : paths));
  }
  return new Set(merges.map(({ oid }) => oid).filter((oid) => own.get(oid)?.size === 0));
}
