import type { ObjectId } from "@countersign/core";
import type { PolicyChoice } from "@countersign/core/internal";
import type { GitRepository } from "@countersign/git/internal";

/** Where a range ends, looked at from its tip: at its start, where the target branch stands, and at the policy's baseline. */
export async function findEnds(
  repository: GitRepository,
  { destination, branch, policy }: PolicyChoice,
  from: ObjectId | undefined,
): Promise<readonly ObjectId[]> {
  const ends = [from, destination.branches.get(branch), policy.policy.baseline];
  const known = await Promise.all(ends.map((oid) => oid && repository.peelToCommit(oid)));
  return known.filter((oid) => oid !== undefined);
}
