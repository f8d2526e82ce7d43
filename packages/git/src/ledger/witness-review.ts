import { formatLines, type ObjectId, type Policy, type ReviewedHead, type ReviewedOnForge } from "@countersign/core";
import {
  digestOf,
  findLedgerSigner,
  Ledger,
  readWitnessedRecords,
  type WitnessedRecord,
} from "@countersign/core/internal";
import type { GitRepository } from "../repository/git-repository.ts";
import { signPayloads } from "../signing/sign-payloads.ts";
import { withWitnessKey } from "../signing/witness-key.ts";
import { addToLedger, type LedgerBranch } from "./add-to-ledger.ts";
import { readLocalLedger } from "./local-ledger.ts";

/** What a gate is asked to write down. */
export interface WitnessTask {
  readonly policy: Policy;
  /** By short name. */
  readonly branch: string;
  /** Where the branch stands before the work lands. */
  readonly stood: ObjectId;
  readonly ledger: LedgerBranch;
  readonly reviewed: ReviewedHead;
  /** The witness's private key, as text. */
  readonly privateKey: string;
  /** Seconds since 1970. */
  readonly now: number;
}

/** An approval that stands in the ledger now. */
export interface WitnessedReview {
  /** The reviewer, by address. */
  readonly email: string;
  readonly reviewed: ReviewedOnForge;
}

/**
 * Writes down in the local ledger the approvals that stand: so they still count once the branch has landed, whatever way it
 * is merged. What is there already is not written again. The ledger is not pushed.
 * @throws `KEY_UNREADABLE`, `WITNESS_UNKNOWN`, `SIGNING_FAILED`, and what `addToLedger` throws.
 */
export function witnessReview(repository: GitRepository, task: WitnessTask): Promise<readonly WitnessedReview[]> {
  const { context } = repository;
  const { policy, branch, stood, ledger, reviewed, privateKey, now } = task;
  return withWitnessKey({ context, policy, now }, privateKey, async ({ witness, key }) => {
    const records = await readWitnessedRecords(repository, policy, { branch, stood }, reviewed, witness.name);
    const missing = await findMissing(repository, task, records);
    const { signatures } = await signPayloads(
      context,
      key,
      missing.map(({ lines }) => formatLines(lines)),
    );
    const made = missing.flatMap((record, index) => {
      const signature = signatures[index];
      return signature ? [{ ...record, signature }] : [];
    });
    if (made.length > 0) await addToLedger(repository, ledger, { records: made });
    return records.flatMap(({ lines: { head } }) =>
      head.reviewed ? [{ email: head.cosigner, reviewed: head.reviewed }] : [],
    );
  });
}

/** Those that the ledger does not hold yet. */
async function findMissing(
  repository: GitRepository,
  { policy, ledger }: WitnessTask,
  records: readonly WitnessedRecord[],
): Promise<readonly WitnessedRecord[]> {
  const tip = await readLocalLedger(repository, ledger.ref);
  if (!tip) return records;
  const known = new Ledger(repository, tip, (statement) => findLedgerSigner(policy, statement));
  const missing: WitnessedRecord[] = [];
  for (const record of records) {
    const id = digestOf(formatLines(record.lines));
    const same = await known.recordsOf(record.lines.blocks[0]?.paths ?? "");
    if (!same.some(({ recordId }) => recordId === id)) missing.push(record);
  }
  return missing;
}
