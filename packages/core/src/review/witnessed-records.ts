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

/**
 * The records by which a witness writes down what a forge tells of a branch that is to land: one for each approval that stands,
 * and none of any other review. `standing`: where it is to land, as that stands now.
 */
export async function readWitnessedRecords(
  repository: Repository,
  policy: Policy,
  standing: Standing,
  reviewed: ReviewedHead,
  witness: string,
): Promise<readonly WitnessedRecord[]> {
  const would = new WouldBeRepository(repository);
  const approvals = await new ReviewedRecords(would, policy, standing, [reviewed]).approvals();
  const blobs = [...would.made.blobs.values()];
  return approvals.map((approval) => ({ ...approval, lines: signedBy(approval.lines, witness), blobs }));
}

function signedBy({ head, blocks }: SignedLines, witness: string): SignedLines {
  return { head: { ...head, ...(head.reviewed && { reviewed: { ...head.reviewed, witness } }) }, blocks };
}
