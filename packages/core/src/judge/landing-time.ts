import { readCosigns } from "../cosign/trailer.ts";
import type { VerifiedClaim } from "../cosign/verify.ts";
import { type Commit, readCommitterTime } from "../object/commit.ts";
import type { RawCommit } from "../repository.ts";

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
