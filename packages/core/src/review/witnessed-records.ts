import type { SignedLines } from "../cosign/lines.ts";
import type { Standing } from "../judge/relate/base.ts";
import { WouldBeRepository } from "../merge-way/would-be-repository.ts";
import type { Policy } from "../policy/policy.ts";
import type { Repository } from "../repository.ts";
import type { ReviewedHead } from "./review.ts";
import { ReviewedRecords, type ReviewRecord } from "./reviewed-records.ts";

/** A record that a witness is to sign. */
export interface WitnessedRecord extends ReviewRecord {
  /** Of files that come out of the merge and are stored nowhere yet. */
  readonly blobs: readonly Uint8Array[];
}

/** What a witness is to write down of a branch. */
export interface WitnessedReviews {
  /** One for each approval that stands, and none of any other review. */
  readonly records: readonly WitnessedRecord[];
  /** `pathsDigest` of each change that was reviewed: where a ledger has what was written down of it before. */
  readonly paths: ReadonlySet<string>;
}

/** Reads what a forge reports about a branch that is to land. `standing`: where, as that stands now. */
export async function readWitnessedReviews(
  repository: Repository,
  policy: Policy,
  standing: Standing,
  reviewed: ReviewedHead,
  witness: string,
): Promise<WitnessedReviews> {
  const would = new WouldBeRepository(repository);
  const reported = new ReviewedRecords(would, policy, standing, [reviewed]);
  const approvals = await reported.approvals();
  const blobs = [...would.made.blobs.values()];
  const records = approvals.map((approval) => ({ ...approval, lines: signedBy(approval.lines, witness), blobs }));
  return { records, paths: await reported.paths() };
}

function signedBy({ head, blocks }: SignedLines, witness: string): SignedLines {
  return { head: { ...head, ...(head.reviewed && { reviewed: { ...head.reviewed, witness } }) }, blocks };
}
