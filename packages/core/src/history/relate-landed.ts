import { type SignatureId, type VerifiedClaim, verifiedSignatures } from "../cosign/verify.ts";
import type { Case } from "../judge/gather/case.ts";
import type { RelatedRange } from "../judge/relate/relate.ts";
import type { Relations } from "../judge/relate/relations.ts";
import { findSignatureUses } from "../judge/relate/signature-uses.ts";
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
 * Finds what other commits say of those of the past: merges that vouch for a commit, which then landed with them, and
 * earlier uses of a signature. Of those that share one, the first has it by right.
 */
export async function relateLanded(
  repository: Repository,
  policy: Policy,
  { branch, tips, links, now }: RelatedRange & { readonly now: number },
  landed: readonly LandedCase[],
): Promise<LandedRelations> {
  const covered = landed.filter((each) => each.covered).map(({ of }) => of);
  const vouchers = await findVouchers(repository, policy, branch, covered, links);
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

  const claims = [...landed.flatMap(({ of }) => of.claims), ...vouching];
  const uses = await findSignatureUses(repository, policy, branch, tips, claims);
  const earlier = new Map<string, ObjectId>();
  for (const claim of claims) {
    for (const { id } of verifiedSignatures(claim)) {
      const other = await findEarlier(repository, claim.bearer, uses.get(id) ?? [], landedAt);
      if (other) earlier.set(useKey(id, claim.bearer), other);
    }
  }
  return { vouchersOf, landedAt, spentBy: (signature, bearer) => earlier.get(useKey(signature, bearer)) };
}

/** When commits landed that the replay does not look at. */
const BEFORE = Number.NEGATIVE_INFINITY;

function useKey(signature: SignatureId, bearer: ObjectId): string {
  return `${bearer} ${signature}`;
}

/** A use of a signature that came before that of this commit. */
async function findEarlier(
  repository: Repository,
  bearer: ObjectId,
  uses: readonly ObjectId[],
  landedAt: (commit: ObjectId) => number,
): Promise<ObjectId | undefined> {
  for (const other of uses) {
    if (other === bearer || (await repository.isAncestor(bearer, other))) continue;
    if (await repository.isAncestor(other, bearer)) return other;
    // On lines that were merged later, time tells.
    const [before, after] = [landedAt(other), landedAt(bearer)];
    if (before < after || (before === after && other < bearer)) return other;
  }
  return undefined;
}
