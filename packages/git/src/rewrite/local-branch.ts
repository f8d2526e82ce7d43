import { CountersignError, type ObjectId } from "@countersign/core";
import { resolveCommit, resolveRange } from "@countersign/core/internal";
import { readRequestNumber } from "../landing/fetch-request.ts";
import { git } from "../process/git.ts";
import type { GitRepository } from "../repository/git-repository.ts";

/** A range of commits that ends in a local branch. */
export interface BranchRange {
  /** The branch's full name. */
  readonly ref: string;
  readonly tip: ObjectId;
  readonly from: ObjectId | undefined;
}

/**
 * Reads `A..BRANCH` or `BRANCH`, where HEAD stands for the branch that is checked out.
 * @throws `HEAD_DETACHED`, `BRANCH_NEEDED`, and whatever a revision can be wrong by.
 */
export async function resolveBranchRange(repository: GitRepository, range: string): Promise<BranchRange> {
  const { from } = range.includes("..") ? await resolveRange(repository, range) : { from: undefined };
  const named = range.includes("..") ? range.slice(range.indexOf("..") + 2) : range;
  const revision = named === "" ? "HEAD" : named;
  // The number of a pull request names no branch that could move.
  if (readRequestNumber(revision) && (await repository.resolve(revision)) === undefined) {
    throw new CountersignError("BRANCH_NEEDED", { revision });
  }
  const tip = await resolveCommit(repository, revision);
  const args = ["rev-parse", "--verify", "--quiet", "--symbolic-full-name", "--end-of-options", revision];
  const { output } = await git(repository.context, args, [0, 1, 128]);
  const ref = output.trim();
  if (ref === "HEAD") throw new CountersignError("HEAD_DETACHED", {});
  if (!ref.startsWith("refs/heads/")) throw new CountersignError("BRANCH_NEEDED", { revision });
  return { ref: (await repository.symbolicRef(ref)) ?? ref, tip, from };
}
