import { parseCommit } from "../../object/commit.ts";
import type { ObjectId } from "../../object/oid.ts";
import type { CommitRange, Repository } from "../../repository.ts";

/** The commits that a branch will have and did not have for a signer, each with its parents. */
export type Since = ReadonlyMap<ObjectId, readonly ObjectId[]>;

export async function readSince(
  repository: Pick<Repository, "commits">,
  { tips, exclude }: CommitRange,
): Promise<Since> {
  const since = new Map<ObjectId, readonly ObjectId[]>();
  const ends = tips.filter((tip) => !exclude.includes(tip));
  if (ends.length === 0) return since;
  for await (const raw of repository.commits({ tips: ends, exclude })) {
    const { oid, parents } = parseCommit(raw);
    since.set(oid, parents);
  }
  return since;
}
