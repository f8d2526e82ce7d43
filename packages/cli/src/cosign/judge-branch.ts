import type { ObjectId, Repository, UpdateVerdict } from "@countersign/core";
import { judgeRange, type PolicyChoice } from "@countersign/core/internal";
import type { BranchRange } from "@countersign/git/internal";

/**
 * Judges what a tip would add to the branch that is judged for, by the policy in force. The start of a range leaves out
 * what comes before it: nothing counts as judged for its sake, and of the commits behind it is spoken alone.
 */
export async function judgeBranch(
  repository: Repository,
  choice: PolicyChoice,
  { from }: Pick<BranchRange, "from">,
  tip: ObjectId,
): Promise<UpdateVerdict> {
  const [verdict] = (await judgeRange(repository, choice, { from: undefined, to: tip })).updates;
  if (!verdict) throw new Error("one update has one verdict");
  // What could not be read cannot be signed either.
  const [fault] = verdict.faults;
  if (fault) throw fault;
  if (from === undefined || from === verdict.update.old) return verdict;
  return onlyBehind(repository, verdict, from);
}

async function onlyBehind(repository: Repository, verdict: UpdateVerdict, from: ObjectId): Promise<UpdateVerdict> {
  const { old, new: tip } = verdict.update;
  const known = await repository.peelToCommit(old);
  const range = new Set<ObjectId>();
  for await (const { oid } of repository.commits({ tips: [tip], exclude: known ? [from, known] : [from] })) {
    range.add(oid);
  }
  const judged = verdict.judged.filter(({ commit }) => range.has(commit));
  const assisted = judged.filter(({ provenance }) => provenance.state === "assisted").length;
  return { ...verdict, commits: range.size, assisted, judged };
}
