import { formatLines, type Policy, type ReviewedHead, type ReviewedOnForge, type SignedHead } from "@countersign/core";
import {
  branchRef,
  digestOf,
  findLedgerSigner,
  Ledger,
  type RecordPlace,
  type WitnessedReviews,
} from "@countersign/core/internal";
import type { GitRepository } from "../repository/git-repository.ts";
import { findStart, type LedgerBranch } from "./add-to-ledger.ts";

/** A record of a review in the ledger. */
export interface WrittenReview {
  readonly head: SignedHead;
  /** One of its places. */
  readonly place: RecordPlace;
}

/** How the ledger differs from what a forge reports about a head. */
export interface WrittenReviews {
  /** Approvals that stand, and are not written down. */
  readonly missing: WitnessedReviews["records"];
  /** What is written down of the same head, and does not stand any more. */
  readonly outdated: readonly WrittenReview[];
}

/** What was reviewed, where it is to land, and where that is written down. */
export interface ReviewedPlace {
  readonly policy: Policy;
  /** By short name. */
  readonly branch: string;
  readonly ledger: LedgerBranch;
  readonly reviewed: ReviewedHead;
}

/** Compares the ledger, as it is gone on from, with what a forge reports. Only what is about the paths of the branch is read. */
export async function readWritten(
  repository: GitRepository,
  { policy, branch, ledger, reviewed: { head }, witness }: ReviewedPlace & { readonly witness: string },
  { records, paths }: WitnessedReviews,
): Promise<WrittenReviews> {
  const { parent: tip } = await findStart(repository, ledger);
  if (!tip) return { missing: records, outdated: [] };
  const known = new Ledger(repository, tip, (statement) => findLedgerSigner(policy, statement));
  const wanted = new Set(records.map(({ lines }) => nameReview(lines.head.reviewed)));
  const written = new Map<string, WrittenReview>();
  const gone = new Map<string, WrittenReview>();
  for (const each of paths) {
    for (const { recordId, blockNumber, lines } of await known.recordsOf(each)) {
      const { reviewed, project, branches } = lines.head;
      const isOurs = reviewed?.witness === witness && reviewed.head === head && project === policy.project;
      if (!isOurs || !branches.some(({ ref }) => ref === branchRef(branch)) || written.has(recordId)) continue;
      const found = { head: lines.head, place: { paths: each, recordId, blockNumber } };
      written.set(recordId, found);
      if (wanted.has(nameReview(reviewed)) || (await known.isWithdrawn(recordId, lines))) continue;
      gone.set(recordId, found);
    }
  }
  const missing = records.filter(({ lines }) => !written.has(digestOf(formatLines(lines))));
  return { missing, outdated: [...gone.values()] };
}

function nameReview(reviewed: ReviewedOnForge | undefined): string {
  return reviewed ? `${reviewed.forge} ${reviewed.review}` : "";
}
