import type { SignedLines } from "../../cosign/lines.ts";
import type { RecordSource, ReviewedSource, SignedRecord } from "./record-source.ts";

/** The records of a ledger, where there is one, and what a forge reports about reviews now. */
export class JoinedRecords implements RecordSource {
  readonly #ledger: RecordSource | undefined;
  readonly #reviewed: ReviewedSource;

  constructor(ledger: RecordSource | undefined, reviewed: ReviewedSource) {
    this.#ledger = ledger;
    this.#reviewed = reviewed;
  }

  async recordsOf(paths: string): Promise<readonly SignedRecord[]> {
    const kept = (await this.#ledger?.recordsOf(paths)) ?? [];
    const reported = await this.#reviewed.recordsOf(paths);
    return [...kept.filter((record) => this.#isCurrent(record)), ...reported];
  }

  async *records(): AsyncGenerator<SignedRecord> {
    for await (const record of this.#ledger?.records() ?? []) if (this.#isCurrent(record)) yield record;
    yield* this.#reviewed.records();
  }

  async isWithdrawn(recordId: string, lines: SignedLines): Promise<boolean> {
    return (await this.#ledger?.isWithdrawn(recordId, lines)) ?? false;
  }

  #isCurrent({ lines }: SignedRecord): boolean {
    return !this.#reviewed.knowsBetter(lines.head);
  }
}
