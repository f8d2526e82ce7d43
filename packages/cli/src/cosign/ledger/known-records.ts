import { type Change, type ObjectId, pathsDigest } from "@countersign/core";
import {
  branchName,
  findLedgerSigner,
  Ledger,
  type LedgerRecord,
  type LedgerSigner,
  type PolicyChoice,
} from "@countersign/core/internal";
import { type GitRepository, readLocalLedger } from "@countersign/git/internal";

export type KnownRecord = LedgerRecord<LedgerSigner>;

/** The records of this project that the destination's ledger and the local one hold, except for those that were taken back. */
export class KnownRecords {
  readonly #project: string | undefined;
  readonly #ledgers: readonly Ledger<LedgerSigner>[];

  constructor(repository: GitRepository, { policy: { policy } }: PolicyChoice, tips: readonly ObjectId[]) {
    this.#project = policy.project;
    this.#ledgers = tips.map((tip) => new Ledger(repository, tip, (statement) => findLedgerSigner(policy, statement)));
  }

  /** Those about exactly the paths of some changes. */
  of(changes: readonly Change[]): Promise<readonly KnownRecord[]> {
    return this.ofPaths(pathsDigest(changes));
  }

  async ofPaths(paths: string): Promise<readonly KnownRecord[]> {
    const found = new Map<string, KnownRecord>();
    for (const ledger of this.#ledgers) {
      for (const record of await ledger.recordsOf(paths)) {
        const { recordId, blockNumber, lines } = record;
        const name = `${recordId}-${blockNumber}`;
        if (lines.head.project !== this.#project || found.has(name)) continue;
        if (!(await this.#isWithdrawn(record))) found.set(name, record);
      }
    }
    return [...found.values()];
  }

  async #isWithdrawn({ recordId, lines }: KnownRecord): Promise<boolean> {
    for (const ledger of this.#ledgers) if (await ledger.isWithdrawn(recordId, lines)) return true;
    return false;
  }
}

/** Opens what is known of a ledger, by its full name. */
export async function openKnownRecords(
  repository: GitRepository,
  choice: PolicyChoice,
  ledger: string,
): Promise<KnownRecords> {
  const there = choice.destination.branches.get(branchName(ledger) ?? ledger);
  const here = await readLocalLedger(repository, ledger);
  const tips = new Set([there, here].filter((tip) => tip !== undefined));
  return new KnownRecords(repository, choice, [...tips]);
}
