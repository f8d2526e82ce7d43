import { type Decision, judgePush } from "@countersign/core";
import { branchRef, type RevisionRange, zeroOid } from "@countersign/core/internal";
import type { GitRepository } from "@countersign/git";
import { currentTime } from "../context.ts";
import type { PolicyChoice } from "./policy-choice.ts";

/** Judges what a range would add to the branch that is judged for; without a start, what its end adds to the known tip. */
export function judgeRange(
  repository: GitRepository,
  { destination, policy, branch, trial }: PolicyChoice,
  { from, to }: RevisionRange,
  progress?: (commits: number) => void,
): Promise<Decision> {
  const old = from ?? destination.branches.get(branch) ?? zeroOid(repository.format);
  const updates = [{ ref: branchRef(branch), old, new: to }];
  const push = { updates, destination, policy, trial, merging: true, now: currentTime() };
  return judgePush(repository, progress ? { ...push, progress } : push);
}
