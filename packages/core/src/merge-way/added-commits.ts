import { parseCommit } from "../object/commit.ts";
import type { ObjectId } from "../object/oid.ts";
import type { Policy } from "../policy/policy.ts";
import type { TracedCommit } from "../records/recorder.ts";
import { openTracer } from "../records/tracer.ts";
import type { RawCommit, Repository } from "../repository.ts";

/** One of the commits that a branch would get, and how it was made. */
export interface AddedCommit extends TracedCommit {
  readonly raw: RawCommit;
}

/** More commits than these are not put together. */
const MOST = 2_000;

/** The commits that a tip adds to a branch, oldest first, each behind its parents; undefined where they are too many. */
export async function readAdded(
  repository: Repository,
  policy: Policy,
  target: ObjectId,
  tip: ObjectId,
): Promise<readonly AddedCommit[] | undefined> {
  const added = await listAdded(repository, target, tip);
  if (!added) return undefined;
  const traced = await openTracer(repository, policy, { tip, pushed: [] })(added.map(parseCommit));
  return traced.flatMap((one, index) => {
    const raw = added[index];
    return raw ? [{ ...one, raw }] : [];
  });
}

async function listAdded(
  repository: Repository,
  target: ObjectId,
  tip: ObjectId,
): Promise<readonly RawCommit[] | undefined> {
  const added = new Map<ObjectId, RawCommit>();
  for await (const raw of repository.commits({ tips: [tip], exclude: [target] })) {
    if (added.size === MOST) return undefined;
    added.set(raw.oid, raw);
  }
  const ordered = new Set<ObjectId>();
  const open = [tip];
  for (let oid = open.at(-1); oid !== undefined; oid = open.at(-1)) {
    const raw = added.get(oid);
    const waiting =
      raw && !ordered.has(oid) ? parseCommit(raw).parents.filter((one) => isOpen(one, added, ordered)) : [];
    if (waiting.length > 0) open.push(...waiting.reverse());
    else {
      open.pop();
      if (raw) ordered.add(oid);
    }
  }
  return [...ordered].flatMap((oid) => added.get(oid) ?? []);
}

function isOpen(oid: ObjectId, added: ReadonlyMap<ObjectId, RawCommit>, ordered: ReadonlySet<ObjectId>): boolean {
  return added.has(oid) && !ordered.has(oid);
}
