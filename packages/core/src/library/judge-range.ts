import type { RevisionRange } from "../destination/revision.ts";
import type { Decision } from "../judge/decision.ts";
import { judgePush } from "../judge/judge-push.ts";
import type { Push } from "../judge/push.ts";
import { zeroOid } from "../object/oid.ts";
import { branchRef } from "../ref.ts";
import type { Repository } from "../repository.ts";
import type { PolicyChoice } from "./policy-choice.ts";

/**
 * Judges what the end of a range would add to the branch that is judged for. A start counts only where the branch has that
 * commit: then what the branch has since is judged again. Else all is judged that the branch does not have.
 */
export function judgeRange(
  repository: Repository,
  { destination, policy, branch, trial }: PolicyChoice,
  { from, to }: RevisionRange,
  watching: Pick<Push, "progress" | "now" | "reviewed"> = {},
): Promise<Decision> {
  const old = destination.branches.get(branch) ?? zeroOid(repository.format);
  const updates = [{ ref: branchRef(branch), old, new: to }];
  return judgePush(repository, { updates, destination, policy, trial, merging: true, since: from, ...watching });
}
