import type { Defect, VerifiedClaim, VerifiedSignature } from "../cosign/verify.ts";
import { groupBy } from "../group-by.ts";
import type { Case } from "../judge/gather/case.ts";
import { landingTime, notBefore } from "../judge/landing-time.ts";
import { findDefects, type RelatedRange } from "../judge/relate/relate.ts";
import type { Relations } from "../judge/relate/relations.ts";
import { isOfLedger, isPartial, type SignedClaim, signedClaims } from "../judge/relate/signed-claim.ts";
import { readSince, type Since } from "../judge/relate/since.ts";
import { findIncomplete, type Incomplete } from "../judge/relate/together.ts";
import { findVouchers } from "../judge/relate/vouching-merges.ts";
import { parseCommit } from "../object/commit.ts";
import type { ObjectId } from "../object/oid.ts";
import type { Policy } from "../policy/policy.ts";
import type { Repository } from "../repository.ts";

/** A commit of the past on which others decide too. */
export interface LandedCase {
  readonly of: Case;
  /** When it was committed, in seconds since 1970. */
  readonly landed: number;
  /** Whether co-signs of merges may count for it. */
  readonly covered: boolean;
}

/** The part of a branch that is replayed. */
export interface LandedRange extends Pick<RelatedRange, "branch" | "tips" | "links" | "ledger"> {
  /** Seconds since 1970. */
  readonly now: number;
}

/** What other commits say of those that landed, and when each of these did. */
export interface LandedRelations extends Relations {
  landedAt(commit: ObjectId): number;
}

/**
 * Finds what other commits say of those of the past: merges that vouch for a commit, which then landed with them, and what
 * took a co-signed change out again before it came back.
 */
export async function relateLanded(
  repository: Repository,
  policy: Policy,
  { branch, tips, links, ledger, now }: LandedRange,
  landed: readonly LandedCase[],
): Promise<LandedRelations> {
  const covered = landed.filter((each) => each.covered).map(({ of }) => of);
  const vouchers = await findVouchers(repository, policy, { branch, links, ledger, stood: undefined }, covered);
  const vouching = [...new Set([...vouchers.values()].flat())];
  const mergedAt = new Map<ObjectId, number>();
  for (const [bearer, speaking] of groupBy(vouching, (claim) => claim.bearer)) {
    const raw = await repository.commit(bearer);
    mergedAt.set(bearer, notBefore(landingTime(raw, parseCommit(raw), now), speaking, now));
  }
  const times = new Map([...mergedAt, ...landed.map(({ of, landed }) => [of.summary.commit, landed] as const)]);
  const vouchersOf = (commit: ObjectId): readonly VerifiedClaim[] => vouchers.get(commit) ?? [];
  const landedAt = (commit: ObjectId): number =>
    Math.max(times.get(commit) ?? BEFORE, ...vouchersOf(commit).map(({ bearer }) => mergedAt.get(bearer) ?? BEFORE));

  const defects = new Map<VerifiedSignature, Defect>();
  const all = signedClaims([...landed.flatMap(({ of }) => of.claims), ...vouching]);
  // What landed at once is not known; all that landed since then may have.
  const asks = ledger && all.some(({ approval }) => isPartial(approval));
  const since: Since = asks
    ? await readSince(repository, { tips, exclude: await findOldest(repository, all) })
    : new Map();
  const apart = await findIncomplete(repository, { tips, ledger, since }, all);
  for (const signed of all) {
    const paths = apart.get(signed);
    const incomplete: Incomplete = new Map(paths ? [[signed, paths]] : []);
    // What a replayed commit landed on is what it builds on.
    const range = { branch, tips: [signed.claim.bearer], stood: tips[0], judged: [], ledger, incomplete };
    for (const [signature, defect] of await findDefects(repository, policy, range, [signed]))
      defects.set(signature, defect);
  }
  return { vouchersOf, landedAt, defectOf: (signature) => defects.get(signature) };
}

/** Where all that was signed along with others begins: the base that every other one goes back to. */
async function findOldest(repository: Repository, signed: readonly SignedClaim[]): Promise<readonly ObjectId[]> {
  const bases = new Set(signed.filter(isOfLedger).map(({ approval }) => approval.base));
  let oldest: ObjectId | undefined;
  for (const base of bases) {
    if (base === undefined) return [];
    // What is not here is not a base of this branch, which is said elsewhere.
    if ((await repository.peelToCommit(base)) !== base) continue;
    oldest = oldest === undefined ? base : (await repository.mergeBases(oldest, base))[0];
    if (oldest === undefined) return [];
  }
  return oldest === undefined ? [] : [oldest];
}

/** When commits landed that the replay does not look at. */
const BEFORE = Number.NEGATIVE_INFINITY;
