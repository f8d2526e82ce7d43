import { CountersignError } from "../error.ts";
import type { ObjectId } from "../object/oid.ts";
import type { ConfiguredRepository } from "../repository.ts";

/**
 * The commit that a person's revision names.
 * @throws `REVISION_UNKNOWN`; `BRANCH_UNBORN` where it is HEAD and nothing was committed yet.
 */
export async function resolveCommit(repository: ConfiguredRepository, revision: string): Promise<ObjectId> {
  const oid = await repository.resolve(revision);
  const commit = oid && (await repository.peelToCommit(oid));
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

export async function resolveRange(repository: ConfiguredRepository, range: string): Promise<RevisionRange> {
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
