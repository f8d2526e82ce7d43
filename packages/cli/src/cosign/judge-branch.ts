import { branchRef, judgePush, type ObjectId, type UpdateVerdict, zeroOid } from "@countersign/core";
import type { BranchRange, GitRepository } from "@countersign/git";
import { currentTime } from "../context.ts";
import type { PolicyChoice } from "../policy-choice.ts";

/** Judges what a tip would add to the branch that is judged for, by the policy in force. */
export async function judgeBranch(
  repository: GitRepository,
  choice: PolicyChoice,
  { from }: Pick<BranchRange, "from">,
  tip: ObjectId,
): Promise<UpdateVerdict> {
  const { destination, policy, branch, trial } = choice;
  const old = from ?? destination.branches.get(branch) ?? zeroOid(repository.format);
  const update = { ref: branchRef(branch), old, new: tip };
  const push = { updates: [update], destination, policy, trial, merging: true, now: currentTime() };
  const [verdict] = (await judgePush(repository, push)).updates;
  if (!verdict) throw new Error("one update has one verdict");
  // What could not be read cannot be signed either.
  const [fault] = verdict.faults;
  if (fault) throw fault;
  return verdict;
}
