import type { RevisionRange } from "../destination/revision.ts";
import type { Decision } from "../judge/decision.ts";
import type { Push } from "../judge/push.ts";
import { judgeMerge } from "../merge-way/judge-merge.ts";
import type { MergeWay } from "../merge-way/merge-way.ts";
import type { Repository } from "../repository.ts";
import { judgeRange } from "./judge-range.ts";
import type { PolicyChoice } from "./policy-choice.ts";

export interface JudgeWorkOptions extends Pick<Push, "progress" | "reviews"> {
  /** The ways of merging to judge for: what each would make of the branch. Absent, a push is judged. */
  readonly merge?: readonly MergeWay[] | undefined;
}

/** Judges work before it lands: as it would be pushed, or as a forge would merge it. */
export function judgeWork(
  repository: Repository,
  choice: PolicyChoice,
  range: RevisionRange,
  { merge, ...watching }: JudgeWorkOptions = {},
): Promise<Decision> {
  return merge
    ? judgeMerge(repository, choice, range.to, merge, watching)
    : judgeRange(repository, choice, range, watching);
}
