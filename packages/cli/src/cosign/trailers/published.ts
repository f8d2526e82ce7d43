import { CountersignError } from "@countersign/core";
import { branchName, type PolicyChoice } from "@countersign/core/internal";
import {
  type AffectedCommit,
  type BranchRange,
  findPushPlace,
  type GitRepository,
  type PushPlace,
} from "@countersign/git/internal";

/** Where a branch is pushed to that is to be rewritten. */
export interface Published {
  /** Undefined if there is no remote. */
  readonly place: PushPlace | undefined;
  /** Whether commits that get new ids are there already. */
  readonly isPublished: boolean;
}

/** @throws `BRANCH_BEHIND` if the branch is there with commits that are not here. */
export async function findPublished(
  repository: GitRepository,
  { remote, branch }: PolicyChoice,
  { ref, tip }: BranchRange,
  affected: readonly AffectedCommit[],
): Promise<Published> {
  const place = await findPushPlace(repository, ref);
  const [former] = affected;
  if (!place?.tip || !former) return { place, isPublished: false };
  const isPublished = await repository.isAncestor(former.commit.oid, place.tip);
  const isTarget = place.remote === remote && place.branch === branch;
  // Where the work lands, others' work is to be expected, and nothing is pushed over it.
  if ((isPublished || !isTarget) && !(await repository.isAncestor(place.tip, tip))) {
    const there = place.tracking.slice("refs/remotes/".length);
    throw new CountersignError("BRANCH_BEHIND", { branch: branchName(ref) ?? ref, there });
  }
  return { place, isPublished };
}
