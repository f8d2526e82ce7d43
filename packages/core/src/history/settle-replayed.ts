import type { JudgedClaim } from "../cosign/prove.ts";
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
    const own = replayed.verdict.signatures.map(({ id }) => ({ id, bearer: replayed.verdict.commit, landed }));
    const uses = [...own, ...claims.flatMap(({ commit, proofs }) => usesOf(commit, proofs, landed))];
    const earlier = await earlierBearers(repository, bearers, uses, landedAt);
    if (claims.length === 0 && earlier.size === 0) {
      settled.push(replayed);
      continue;
    }
    const then = { ...context, now: landed, bearers: earlier, covering: claims };
    settled.push({ landed, verdict: await judgeAgain(repository, policy, protection, replayed.verdict, then) });
  }
  return settled;
}

/** A signature that is to count for the commit that bears it. */
interface SignatureUse {
  readonly id: string;
  readonly bearer: ObjectId;
  /** When that commit landed, in seconds since 1970. */
  readonly landed: number;
}

function usesOf(bearer: ObjectId, proofs: JudgedClaim["proofs"], landed: number): readonly SignatureUse[] {
  return proofs.flatMap(({ proven }) => (proven ? [{ id: proven.id, bearer, landed }] : []));
}

/** By signature, those of its bearers that landed before the one it is to count for. */
async function earlierBearers(
  repository: Repository,
  bearers: ReadonlyMap<string, readonly ObjectId[]>,
  uses: readonly SignatureUse[],
  landedAt: ReadonlyMap<ObjectId, number>,
): Promise<ReadonlyMap<string, readonly ObjectId[]>> {
  const found = new Map<string, readonly ObjectId[]>();
  for (const { id, bearer, landed } of uses) {
    const isEarlier = async (other: ObjectId): Promise<boolean> => {
      if (await repository.isAncestor(other, bearer)) return true;
      if (await repository.isAncestor(bearer, other)) return false;
      // On lines that were merged later, time tells.
      const time = landedAt.get(other) ?? Number.NEGATIVE_INFINITY;
      return time < landed || (time === landed && other < bearer);
    };
    const earlier: ObjectId[] = [];
    for (const other of bearers.get(id) ?? []) if (other !== bearer && (await isEarlier(other))) earlier.push(other);
    if (earlier.length > 0) found.set(id, earlier);
  }
  return found;
}
