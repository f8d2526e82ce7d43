import { parseCommit } from "../object/commit.ts";
import { inCommitOrder } from "../object/commit-order.ts";
import type { ObjectId } from "../object/oid.ts";
import type { Policy } from "../policy/policy.ts";
import type { TracedCommit } from "../records/recorder.ts";
import { openTracer } from "../records/tracer.ts";
import type { RawCommit, Repository } from "../repository.ts";

/** One of the commits that a branch would get, and how it was made. */
export interface AddedCommit extends TracedCommit {
  readonly raw: RawCommit;
}

/** The commits that a tip adds to a branch, each behind its parents; undefined if there are more than `most`. */
export async function readAdded(
  repository: Repository,
  policy: Policy,
  target: ObjectId,
  tip: ObjectId,
  most = Number.POSITIVE_INFINITY,
): Promise<readonly AddedCommit[] | undefined> {
  const added = new Map<ObjectId, RawCommit>();
  for await (const raw of repository.commits({ tips: [tip], exclude: [target] })) {
    if (added.size === most) return undefined;
    added.set(raw.oid, raw);
  }
  const commits = [...added.values()].map(parseCommit);
  const traced = await openTracer(repository, policy, { tip, pushed: [] })(commits);
  return inCommitOrder(traced).flatMap((one) => {
    const raw = added.get(one.commit.oid);
    return raw ? [{ ...one, raw }] : [];
  });
}
