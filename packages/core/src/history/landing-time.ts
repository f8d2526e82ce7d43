import { readCosigns } from "../cosign/trailer.ts";
import { type Commit, readCommitterTime } from "../object/commit.ts";
import type { RawCommit } from "../repository.ts";

/**
 * When a commit of the past landed, as far as it tells: when it was committed, or when the last of its co-signs was
 * signed, as co-signing keeps the committer's date; never later than `now`. In seconds since 1970.
 */
export function landingTime(raw: RawCommit, commit: Commit, now: number): number {
  const signed = readCosigns(commit).claims.flatMap(({ signatures }) => signatures.map(({ time }) => Date.parse(time)));
  return Math.min(now, Math.max(readCommitterTime(raw) ?? now, ...signed.map((time) => time / 1000)));
}
