import { CountersignError, isObjectId, type ObjectId } from "@countersign/core";
import { git } from "../process/git.ts";
import type { GitRepository } from "../repository/git-repository.ts";

/**
 * The commit that a person's revision names, by git's own rules.
 * @throws `REVISION_UNKNOWN`; `BRANCH_UNBORN` where it is HEAD and nothing was committed yet.
 */
export async function resolveCommit(repository: GitRepository, revision: string): Promise<ObjectId> {
  // Behind --end-of-options nothing is an option, whatever it begins with.
  const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", revision];
  const { status, output } = await git(repository.context, args, [0, 1, 128]);
  // `^HEAD` is an answer to git, and no object. Peeled here, as `:/text^{commit}` would be one text.
  const oid = output.trim();
  const commit = status === 0 && isObjectId(oid) ? await repository.peelToCommit(oid) : undefined;
  if (commit) return commit;
  const branch = revision === "HEAD" ? await repository.symbolicRef("HEAD") : undefined;
  if (branch !== undefined) throw new CountersignError("BRANCH_UNBORN", { branch });
  throw new CountersignError("REVISION_UNKNOWN", { revision });
}

/** A range as a person writes it: `A..B`, or one revision. An empty side is HEAD. */
export interface RevisionRange {
  readonly from: ObjectId | undefined;
  readonly to: ObjectId;
}

export async function resolveRange(repository: GitRepository, range: string): Promise<RevisionRange> {
  const dots = range.indexOf("..");
  if (dots < 0) return { from: undefined, to: await resolveCommit(repository, range) };
  const [from, to] = [range.slice(0, dots), range.slice(dots + 2)];
  if (to.startsWith(".")) {
    throw new CountersignError("OPTION_INVALID", { option: range, problem: "a range is A..B here, not A...B" });
  }
  return {
    from: await resolveCommit(repository, from === "" ? "HEAD" : from),
    to: await resolveCommit(repository, to === "" ? "HEAD" : to),
  };
}
