import type { RevisionRange } from "../destination/revision.ts";
import type { Decision } from "../judge/decision.ts";
import type { Push } from "../judge/push.ts";
import { judgeMerge } from "../merge-way/judge-merge.ts";
import type { MergeWay } from "../merge-way/merge-way.ts";
import type { Repository } from "../repository.ts";
import { openReviews } from "../review/open-reviews.ts";
import type { ReviewedHead } from "../review/review.ts";
import { judgeRange } from "./judge-range.ts";
import type { PolicyChoice } from "./policy-choice.ts";

export interface JudgeWorkOptions extends Pick<Push, "progress" | "now"> {
  /** The ways of merging to judge for: what each would make of the branch. Absent, a push is judged. */
  readonly merge?: readonly MergeWay[] | undefined;
  /** What a forge reports about the branches that are to land, one or, in a merge queue, several. */
  readonly reviews?: readonly ReviewedHead[] | undefined;
}

/** Judges work before it lands: as it would be pushed, or as a forge would merge it. */
export function judgeWork(
  repository: Repository,
  choice: PolicyChoice,
  range: RevisionRange,
  { merge, reviews, ...watching }: JudgeWorkOptions = {},
): Promise<Decision> {
  const reading = reviews ? openReviews(repository, reviews) : { repository };
  const options = { ...watching, ...("reviewed" in reading && { reviewed: reading.reviewed }) };
  return merge
    ? judgeMerge(reading.repository, choice, range.to, merge, options)
    : judgeRange(reading.repository, choice, range, options);
}
