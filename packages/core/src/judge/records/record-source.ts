import type { SignedHead, SignedLines } from "../../cosign/lines.ts";
import type { VerifiedSignature } from "../../cosign/verify.ts";
import type { LedgerRecord } from "../../ledger/ledger.ts";
import type { ViolationData } from "../../messages/violations.ts";
import type { Person, PersonKey, Policy } from "../../policy/policy.ts";
import type { Standing } from "../relate/base.ts";

/** Who of the roster speaks by a record. */
export interface LedgerSigner {
  readonly person: Person;
  /** Theirs, or of the witness of their review; undefined if the forge itself reports that. */
  readonly key: PersonKey | undefined;
  readonly proof: VerifiedSignature["proof"];
}

/** One block that someone on the roster approves; without a signature where the forge itself reports that. */
export type SignedRecord = Omit<LedgerRecord<LedgerSigner>, "signature"> &
  Partial<Pick<LedgerRecord<LedgerSigner>, "signature">>;

/** Where records are found. */
export interface RecordSource {
  /** The blocks that are about exactly these paths. */
  recordsOf(paths: string): Promise<readonly SignedRecord[]>;
  /** Every block. */
  records(): AsyncIterable<SignedRecord>;
  isWithdrawn(recordId: string, lines: SignedLines): Promise<boolean>;
}

/** A verdict on a forge that approves nothing. */
export interface RefusedReview {
  readonly person: Person;
  readonly mismatch: ViolationData<"COSIGN_MISMATCH">;
}

/** What a forge reports about reviews, as the records that a witness would write of it. */
export interface ReviewedSource extends Pick<RecordSource, "recordsOf" | "records"> {
  /** Whether it reports all reviews of what a record was approved as: what was written down before counts no more. */
  knowsBetter(head: SignedHead): boolean;
  /** The verdicts that approve nothing, on branches of which something is about exactly these paths. */
  refusedOf(paths: string): Promise<readonly RefusedReview[]>;
}

/** Opens that for where work lands. */
export type OpenReviewed = (policy: Policy, standing: Standing) => ReviewedSource;
