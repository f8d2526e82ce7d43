import type { Destination, ObjectId } from "@countersign/core";
import { branchRef, resolveCommit } from "@countersign/core/internal";
import type { GitRepository } from "@countersign/git/internal";

/** The commit that a branch ends at: where work lands, if it is known there, else here. */
export async function findBranchTip(
  repository: GitRepository,
  { branches }: Destination,
  branch: string,
): Promise<ObjectId> {
  const tip = branches.get(branch);
  return (tip && (await repository.peelToCommit(tip))) ?? resolveCommit(repository, branchRef(branch));
}
