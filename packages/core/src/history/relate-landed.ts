import type { Defect, VerifiedClaim, VerifiedSignature } from "../cosign/verify.ts";
import type { Case } from "../judge/gather/case.ts";
import { findDefects, type RelatedRange } from "../judge/relate/relate.ts";
import type { Relations } from "../judge/relate/relations.ts";
import { signedClaims } from "../judge/relate/signed-claim.ts";
import { findVouchers } from "../judge/relate/vouching-merges.ts";
import { parseCommit } from "../object/commit.ts";
import type { ObjectId } from "../object/oid.ts";
import type { Policy } from "../policy/policy.ts";
import type { Repository } from "../repository.ts";
import { landingTime } from "./landing-time.ts";

/** A commit of the past on which others decide too. */
export interface LandedCase {
  readonly of: Case;
  /** When it was committed, in seconds since 1970. */
  readonly landed: number;
  /** Whether co-signs of merges may count for it. */
  readonly covered: boolean;
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
  { branch, tips, links, now }: Pick<RelatedRange, "branch" | "tips" | "links"> & { readonly now: number },
  landed: readonly LandedCase[],
): Promise<LandedRelations> {
  const covered = landed.filter((each) => each.covered).map(({ of }) => of);
  const vouchers = await findVouchers(repository, policy, { branch, links, stood: undefined }, covered);
  const vouching = [...new Set([...vouchers.values()].flat())];
  const mergedAt = new Map<ObjectId, number>();
  for (const bearer of new Set(vouching.map((claim) => claim.bearer))) {
    const raw = await repository.commit(bearer);
    mergedAt.set(bearer, landingTime(raw, parseCommit(raw), now));
  }
  const times = new Map([...mergedAt, ...landed.map(({ of, landed }) => [of.summary.commit, landed] as const)]);
  const vouchersOf = (commit: ObjectId): readonly VerifiedClaim[] => vouchers.get(commit) ?? [];
  const landedAt = (commit: ObjectId): number =>
    Math.max(times.get(commit) ?? BEFORE, ...vouchersOf(commit).map(({ bearer }) => mergedAt.get(bearer) ?? BEFORE));

  const defects = new Map<VerifiedSignature, Defect>();
  for (const signed of signedClaims([...landed.flatMap(({ of }) => of.claims), ...vouching])) {
    // What a replayed commit landed on is what it builds on.
    const range = { branch, tips: [signed.claim.bearer], stood: tips[0], judged: [] };
    for (const [signature, defect] of await findDefects(repository, policy, range, [signed]))
      defects.set(signature, defect);
  }
  return { vouchersOf, landedAt, defectOf: (signature) => defects.get(signature) };
}

/** When commits landed that the replay does not look at. */
const BEFORE = Number.NEGATIVE_INFINITY;
