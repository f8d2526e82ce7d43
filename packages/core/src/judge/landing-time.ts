import { readCosigns } from "../cosign/trailer.ts";
import { reviewOf, type VerifiedClaim } from "../cosign/verify.ts";
import { type Commit, readCommitterTime } from "../object/commit.ts";
import type { ObjectId } from "../object/oid.ts";
import type { RawCommit } from "../repository.ts";
import type { Past } from "./push.ts";
import { isOfBranch } from "./relate/signed-claim.ts";

/**
 * When a commit of the past landed, as far as it says: when it was committed, or when the last of its co-signs was
 * signed, as co-signing keeps the committer's date; never later than `now`. In seconds since 1970.
 */
export function landingTime(raw: RawCommit, commit: Commit, now: number): number {
  const signed = readCosigns(commit).claims.flatMap(({ signatures }) => signatures.map(({ time }) => Date.parse(time)));
  return Math.min(now, Math.max(readCommitterTime(raw) ?? now, ...signed.map((time) => time / 1000)));
}

/** The same where the ledger says more: a commit landed after its co-signs were signed; never later than `now`. */
export function notBefore(landed: number, claims: readonly VerifiedClaim[], now: number): number {
  const signed = claims.flatMap(({ signatures }) => signatures.map(({ result }) => result));
  return Math.min(now, Math.max(landed, ...signed.map((result) => ("code" in result ? landed : result.time))));
}

/** What is known of where and when something landed. */
export interface LandedPlace {
  /** Where the branch stood before; undefined if it did not exist. */
  readonly stood: ObjectId | undefined;
  /** When it was there for certain, in seconds since 1970; undefined if nothing shows that it was. */
  readonly there: number | undefined;
}

/**
 * Whether a co-sign of the ledger was given to what had landed: to commits by themselves, on where the branch stood before,
 * when they were there for certain. One that was signed earlier may have been pushed along with its commit.
 */
export function isRemedy({ where, signatures }: VerifiedClaim, { stood, there }: LandedPlace): boolean {
  if (where.carrier !== "ledger" || there === undefined) return false;
  return signatures.some(({ result }) => {
    if ("code" in result || !result.approval || "emergency" in result) return false;
    const { approval } = result;
    return result.time >= there && approval.base === stood && !isOfBranch(approval) && !reviewOf(result);
  });
}

/**
 * When the branch had moved on from what a co-sign of the ledger calls an emergency, where it was signed only then: what has
 * landed cannot wait for a review any more. Undefined if it may have been pushed along, as one for a whole branch with
 * all of its commits.
 */
export function missedBy({ where, signatures }: VerifiedClaim, movedOn: Past["movedOn"]): number | undefined {
  if (where.carrier !== "ledger") return undefined;
  for (const { result } of signatures) {
    if ("code" in result || !("emergency" in result)) continue;
    const together = result.approval?.signed.lines.blocks.map(({ commits = 1 }) => commits) ?? [];
    const there = movedOn(Math.max(1, ...together));
    if (there !== undefined && result.time >= there) return there;
  }
  return undefined;
}
