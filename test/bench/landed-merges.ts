import { type Change, changeDigest, type ObjectId, parseCommit } from "@countersign/core";
import { findOwnChanges, findReapplied } from "@countersign/core/internal";
import { type GitRepository, openGitRepository } from "@countersign/git/internal";

// Of the merges on a branch's first-parent line: would a co-sign of the merged branch, as one change, still speak for the merge?
// usage: tsx test/bench/landed-merges.ts REPOSITORY [TIP]

async function changesOf(repository: GitRepository, oid: ObjectId, parent: ObjectId): Promise<readonly Change[]> {
  for await (const { changes } of repository.changes([{ oid, parents: [parent] }])) return changes;
  return [];
}

/** How the change that a merge lands is to the change of the branch that it brings in. */
async function compare(repository: GitRepository, merge: ObjectId, first: ObjectId, topic: ObjectId): Promise<string> {
  const [base, second] = await repository.mergeBases(first, topic);
  if (!base || second) return "no single merge base";
  const approved = await changesOf(repository, topic, base);
  const landed = await changesOf(repository, merge, first);
  if (changeDigest(approved) === changeDigest(landed)) return "exactly";
  if (await findReapplied(repository, approved, landed)) return "re-applied";
  const own = await findOwnChanges(repository, { oid: merge, parents: [first, topic] });
  return own.length > 0 ? "not: resolved by hand" : "not";
}

const [dir = ".", tip = "HEAD"] = process.argv.slice(2);
const repository = await openGitRepository(dir, process.env);
const counts = new Map<string, number>();
let by: ObjectId | undefined = (await repository.resolve(tip)) ?? undefined;
let merges = 0;
let byHand = 0;
while (by) {
  const { oid, parents } = parseCommit(await repository.commit(by));
  const [first, topic, third] = parents;
  if (first && topic && !third) {
    const how = await compare(repository, oid, first, topic);
    counts.set(how, (counts.get(how) ?? 0) + 1);
    merges += 1;
    const spoken = how === "exactly" || how === "re-applied";
    if (spoken && (await findOwnChanges(repository, { oid, parents })).length > 0) byHand += 1;
  }
  by = first;
}
await repository.close();
for (const [how, count] of counts) console.log(`${how}: ${count} (${((100 * count) / merges).toFixed(1)} %)`);
console.log(`${merges} merges; ${byHand} that were resolved by hand are spoken for all the same`);
