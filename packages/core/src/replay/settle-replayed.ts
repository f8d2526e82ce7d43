import { findBearers } from "../judge/find-bearers.ts";
import { findCovering } from "../judge/find-covering.ts";
import type { JudgeContext } from "../judge/judge-commit.ts";
import { judgeAgain } from "../judge/rejudge.ts";
import { parseCommit } from "../object/commit.ts";
import type { ObjectId } from "../object/oid.ts";
import type { Policy, Protection } from "../policy/policy.ts";
import type { CommitParents, RawCommit, Repository } from "../repository.ts";
import { landingTime } from "./landing-time.ts";
import type { ReplayedCommit } from "./replay.ts";

/** Where commits were replayed, and what else may decide on them. */
export interface ReplayedPlace {
  readonly policy: Policy;
  readonly protection: Protection;
  /** As of now. */
  readonly context: JudgeContext;
  readonly merges: readonly CommitParents[];
  readonly tip: ObjectId;
}

/**
 * Judges again where other commits decide too: merges that vouch for a commit, which then landed with them, and commits
 * that landed before with the same signature. Of those that share one, the first has it by right.
 */
export async function settleReplayed(
  repository: Repository,
  { policy, protection, context, merges, tip }: ReplayedPlace,
  open: readonly ReplayedCommit[],
): Promise<readonly ReplayedCommit[]> {
  const mergedAt = new Map<ObjectId, number>();
  const noteMerge = (raw: RawCommit): number => {
    const time = landingTime(raw, parseCommit(raw), context.now);
    mergedAt.set(raw.oid, time);
    return time;
  };
  const range = { verdicts: { judged: open.map(({ verdict }) => verdict) }, trace: { merges } };
  const covering = await findCovering(repository, policy, range, context, noteMerge);
  const proven = [...covering.values()]
    .flat()
    .flatMap(({ claim, proofs }) =>
      proofs.flatMap((evidence) => (evidence.proven ? [{ email: claim.email, time: evidence.proven.time }] : [])),
    );
  const signatures = [...open.flatMap(({ verdict }) => verdict.signatures), ...proven];
  const bearers = await findBearers(repository, policy, signatures, context, tip);

  const landedAt = new Map([...open.map(({ verdict, landed }) => [verdict.commit, landed] as const), ...mergedAt]);
  const settled: ReplayedCommit[] = [];
  for (const replayed of open) {
    const claims = covering.get(replayed.verdict) ?? [];
    const landed = Math.max(replayed.landed, ...claims.map(({ commit }) => mergedAt.get(commit) ?? 0));
    const earlier = earlierBearers(bearers, { ...replayed, landed }, landedAt);
    const shared = replayed.verdict.signatures.some(({ id }) => earlier.has(id));
    if (claims.length === 0 && !shared) {
      settled.push(replayed);
      continue;
    }
    const own = { ...context, now: landed, bearers: earlier, covering: claims };
    settled.push({ landed, verdict: await judgeAgain(repository, policy, protection, replayed.verdict, own) });
  }
  return settled;
}

/** By signature, those of its bearers that landed before a commit. History in front of the range did. */
function earlierBearers(
  bearers: ReadonlyMap<string, readonly ObjectId[]>,
  { verdict: { commit: oid }, landed }: ReplayedCommit,
  landedAt: ReadonlyMap<ObjectId, number>,
): ReadonlyMap<string, readonly ObjectId[]> {
  const isEarlier = (other: ObjectId): boolean => {
    const time = landedAt.get(other) ?? Number.NEGATIVE_INFINITY;
    return other !== oid && (time < landed || (time === landed && other < oid));
  };
  const found = new Map<string, readonly ObjectId[]>();
  for (const [id, commits] of bearers) {
    const earlier = commits.filter(isEarlier);
    if (earlier.length > 0) found.set(id, earlier);
  }
  return found;
}
