import type { ObjectId, UpdateVerdict } from "@countersign/core";
import { judgeRange, type PolicyChoice } from "@countersign/core/internal";
import type { BranchRange, GitRepository } from "@countersign/git/internal";

/** Judges what a tip would add to the branch that is judged for, by the policy in force. */
export async function judgeBranch(
  repository: GitRepository,
  choice: PolicyChoice,
  { from }: Pick<BranchRange, "from">,
  tip: ObjectId,
): Promise<UpdateVerdict> {
  const [verdict] = (await judgeRange(repository, choice, { from, to: tip })).updates;
  if (!verdict) throw new Error("one update has one verdict");
  // What could not be read cannot be signed either.
  const [fault] = verdict.faults;
  if (fault) throw fault;
  return verdict;
}
