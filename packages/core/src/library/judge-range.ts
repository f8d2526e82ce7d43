import type { RevisionRange } from "../destination/revision.ts";
import type { Decision } from "../judge/decision.ts";
import { judgePush } from "../judge/judge-push.ts";
import { zeroOid } from "../object/oid.ts";
import { branchRef } from "../ref.ts";
import type { Repository } from "../repository.ts";
import type { PolicyChoice } from "./policy-choice.ts";

/** Judges what a range would add to the branch that is judged for; without a start, what its end adds to the known tip. */
export function judgeRange(
  repository: Repository,
  { destination, policy, branch, trial }: PolicyChoice,
  { from, to }: RevisionRange,
  progress?: (commits: number) => void,
): Promise<Decision> {
  const old = from ?? destination.branches.get(branch) ?? zeroOid(repository.format);
  const updates = [{ ref: branchRef(branch), old, new: to }];
  return judgePush(repository, { updates, destination, policy, trial, merging: true, ...(progress && { progress }) });
}
