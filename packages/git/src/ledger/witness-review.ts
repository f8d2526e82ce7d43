import { formatLines, type ObjectId, type SignedHead } from "@countersign/core";
import { formatTime, formatWithdrawal, readWitnessedReviews } from "@countersign/core/internal";
import type { GitRepository } from "../repository/git-repository.ts";
import { signPayloads, withSignatures } from "../signing/sign-payloads.ts";
import { withWitnessKey } from "../signing/witness-key.ts";
import { addToLedger } from "./add-to-ledger.ts";
import type { NewWithdrawal } from "./new-records.ts";
import { type ReviewedPlace, readWritten } from "./written-reviews.ts";

/** What a gate is asked to write down. */
export interface WitnessTask extends ReviewedPlace {
  /** Where the branch stands before the work lands. */
  readonly stood: ObjectId;
  /** The witness's private key, as text. */
  readonly privateKey: string;
  /** Seconds since 1970. */
  readonly now: number;
}

/** What the ledger says of a head now, by the heads of its records: `reviewed` names the review of each. */
export interface WitnessedHead {
  /** The approvals that stand. */
  readonly standing: readonly SignedHead[];
  /** Those that stood when they were written down, and were taken back now. */
  readonly withdrawn: readonly SignedHead[];
}

/**
 * Brings the local ledger to what a forge reports about a branch that is to land. The approvals that stand are written down, so that
 * they still count once the branch has landed, whatever way it is merged; one of the same head that does not stand any more is
 * withdrawn. What is there already is not written again. The ledger is not pushed.
 * @throws `KEY_UNREADABLE`, `WITNESS_UNKNOWN`, `SIGNING_FAILED`, and what `addToLedger` throws.
 */
export function witnessReview(repository: GitRepository, task: WitnessTask): Promise<WitnessedHead> {
  const { context } = repository;
  const { policy, branch, stood, ledger, reviewed, privateKey, now } = task;
  return withWitnessKey({ context, policy, now }, privateKey, async ({ witness, key }) => {
    // Who pushed last may be known no more, as of a fork that is gone: what is written down is not taken back for that.
    const known = { ...reviewed, isPusherUnknown: false };
    const reported = await readWitnessedReviews(repository, policy, { branch, stood }, known, witness.name);
    const written = await readWritten(repository, { ...task, witness: witness.name }, reported);
    const [missing, outdated] = [reviewed.isPusherUnknown ? [] : written.missing, written.outdated];
    const withdrawals = outdated.map(({ place, head }): Omit<NewWithdrawal, "signature"> => {
      const withdrawal = { head: { ...head, time: formatTime(now) }, recordId: place.recordId };
      return { withdrawal, places: [place] };
    });
    const texts = [
      ...missing.map(({ lines }) => formatLines(lines)),
      ...withdrawals.map(({ withdrawal }) => formatWithdrawal(withdrawal)),
    ];
    const { signatures } = await signPayloads(context, key, texts);
    if (texts.length > 0) {
      await addToLedger(repository, ledger, {
        records: withSignatures(missing, signatures),
        withdrawals: withSignatures(withdrawals, signatures.slice(missing.length)),
      });
    }
    const unknown = new Set(reviewed.isPusherUnknown ? written.missing : []);
    const standing = reported.records.filter((record) => !unknown.has(record));
    return { standing: standing.map(({ lines }) => lines.head), withdrawn: outdated.map(({ head }) => head) };
  });
}
