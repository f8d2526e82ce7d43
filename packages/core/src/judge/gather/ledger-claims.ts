import { NOBODY, withSigned } from "../../cosign/authors.ts";
import { spotOf } from "../../cosign/claim-place.ts";
import { changeDigest, pathsDigest } from "../../cosign/digest.ts";
import { type Block, NAMESPACE } from "../../cosign/lines.ts";
import { findReapplied } from "../../cosign/reapply.ts";
import type { CheckedSignature, Defect, VerifiedClaim } from "../../cosign/verify.ts";
import { Ledger, type LedgerRecord } from "../../ledger/ledger.ts";
import type { SignedStatement } from "../../ledger/record-file.ts";
import type { Change } from "../../object/change.ts";
import type { Commit } from "../../object/commit.ts";
import type { ObjectId } from "../../object/oid.ts";
import type { Person, PersonKey, Policy } from "../../policy/policy.ts";
import { findPersonByEmail } from "../../policy/roster.ts";
import { type AuthorAddresses, readAuthors } from "../../provenance/authors.ts";
import { findDispute } from "../../provenance/dispute.ts";
import { branchRef } from "../../ref.ts";
import type { Repository } from "../../repository.ts";
import { verifySignature } from "../../ssh/verify-signature.ts";
import type { Push } from "../push.ts";

/** Where a commit lands. */
export interface Place {
  readonly project: string | undefined;
  /** The full name of the branch; undefined where any will do. */
  readonly ref: string | undefined;
}

/** Whose signature of the roster a record bears, by which key. */
export interface LedgerSigner {
  readonly person: Person;
  readonly key: PersonKey;
  readonly touched: boolean;
}

/** A record by somebody on the roster. */
export type SignedRecord = LedgerRecord<LedgerSigner>;

/** A commit, its change against the first parent, and what it does itself. */
export interface SpokenFor {
  readonly commit: Commit;
  readonly changes: readonly Change[];
  readonly own: readonly Change[];
}

/** The co-signs of a ledger, as claims of the commits that they speak for. */
export class LedgerClaims {
  readonly #repository: Repository;
  readonly #policy: Policy;
  /** The ledger itself, by its full name. */
  readonly ref: string;
  readonly #branch: string | undefined;
  readonly #ledger: Ledger<LedgerSigner>;
  readonly #makers: Push["makers"];

  /** `branch`: the one that they are to be for; any where it is undefined. */
  constructor(
    repository: Repository,
    policy: Policy,
    branch: string | undefined,
    tip: ObjectId,
    makers?: Push["makers"],
  ) {
    this.#makers = makers;
    this.#repository = repository;
    this.#policy = policy;
    this.ref = policy.ledger ?? "";
    this.#branch = branch === undefined ? undefined : branchRef(branch);
    this.#ledger = new Ledger(repository, tip, (statement) => findLedgerSigner(policy, statement));
  }

  /** What they are to be for. */
  get place(): Place {
    return { project: this.#policy.project, ref: this.#branch };
  }

  /** Those that speak for a commit: exactly, or applied to files that have moved on. `about`: the records about its paths. */
  async of(spoken: SpokenFor, about?: readonly SignedRecord[]): Promise<readonly VerifiedClaim[]> {
    return this.#claims(spoken, about, speaksFor(this.#policy, spoken), ({ commits }) => {
      const named = readAuthors(spoken.commit);
      if (commits === undefined) return named;
      // A forge names as co-author everyone who touched the branch; who made it, the block says.
      const landed = [...named].filter(([, role]) => role === "author");
      return new Map([...landed, ...(this.#makers?.get(spoken.commit.oid) ?? [])]);
    });
  }

  /**
   * Those by which a merge vouches for the commits that it brings in: of the branch as a whole, or of the merge itself. Whose
   * work those are, whoever made the merge does not say.
   */
  async vouchingOf(spoken: SpokenFor, about?: readonly SignedRecord[]): Promise<readonly VerifiedClaim[]> {
    const speaks = speaksFor(this.#policy, spoken);
    const isOfBranch = ({ commits, dispute }: Block): boolean => commits !== undefined && dispute === undefined;
    return this.#claims(
      spoken,
      about,
      (block, isExact) => isOfBranch(block) || speaks(block, isExact),
      () => NOBODY,
    );
  }

  /** Co-signs, of which those count no more that their signer took back, in whichever carrier they are. */
  async afterWithdrawals(claims: readonly VerifiedClaim[]): Promise<readonly VerifiedClaim[]> {
    const checked: VerifiedClaim[] = [];
    for (const claim of claims) {
      const signatures: CheckedSignature[] = [];
      for (const signed of claim.signatures) {
        signatures.push((await this.#isWithdrawn(signed.result)) ? { ...signed, result: withdrawn(claim) } : signed);
      }
      checked.push({ ...claim, signatures });
    }
    return checked;
  }

  /** The claims of the blocks that fit a commit by its paths and by what they are said to be about. */
  async #claims(
    { commit, changes }: SpokenFor,
    about: readonly SignedRecord[] | undefined,
    fits: (block: Block, isExact: boolean) => boolean,
    authorsOf: (block: Block) => AuthorAddresses,
  ): Promise<readonly VerifiedClaim[]> {
    const change = changeDigest(changes);
    const claims: VerifiedClaim[] = [];
    for (const record of (about ?? (await this.recordsAbout(changes))).filter((one) => this.#isFor(one))) {
      const block = blockOf(record);
      const isExact = block.change === change;
      if (block.emergency !== undefined || !fits(block, isExact)) continue;
      const reapplied = isExact ? undefined : await findReapplied(this.#repository, record.changes, changes);
      if (!isExact && !reapplied) continue;
      claims.push({ ...this.#claim(record, commit, authorsOf(block)), ...(reapplied && { reapplied }) });
    }
    return this.afterWithdrawals(claims);
  }

  /** The blocks about exactly these paths, whatever they are for. */
  recordsAbout(changes: readonly Change[]): Promise<readonly SignedRecord[]> {
    return this.#ledger.recordsOf(pathsDigest(changes));
  }

  /** Every block that the ledger holds. */
  records(): AsyncGenerator<SignedRecord> {
    return this.#ledger.records();
  }

  /** Whether a record is for this project and branch. */
  #isFor({ lines: { head } }: SignedRecord): boolean {
    const isForBranch = this.#branch === undefined || head.branches.some(({ ref }) => ref === this.#branch);
    return head.project === this.#policy.project && isForBranch;
  }

  #claim(record: SignedRecord, commit: Commit, authors: AuthorAddresses): VerifiedClaim {
    const { lines, recordId, blockNumber, verified, changes } = record;
    const block = blockOf(record);
    const approval = {
      base: lines.head.branches.find(({ ref }) => ref === this.#branch)?.base,
      block,
      changes,
      authors: withSigned(authors, block.authors),
      signed: { lines, block: blockNumber },
    };
    const proof = verified.touched ? "hardware" : "signed";
    const result = { id: recordId, time: Date.parse(lines.head.time) / 1000, proof, approval } as const;
    return {
      bearer: commit.oid,
      email: lines.head.cosigner,
      where: { carrier: "ledger", record: recordId, block: blockNumber },
      person: verified.person,
      signatures: [{ key: verified.key, result }],
    };
  }

  async #isWithdrawn(result: CheckedSignature["result"]): Promise<boolean> {
    if ("code" in result || !result.approval) return false;
    return this.#ledger.isWithdrawn(result.id, result.approval.signed.lines);
  }

  /** The change that a block of a record approves; undefined where the ledger does not hold it. */
  async changesOf(recordId: string, block: number, paths: string): Promise<readonly Change[] | undefined> {
    const records = await this.#ledger.recordsOf(paths);
    return records.find((record) => record.recordId === recordId && record.blockNumber === block)?.changes;
  }
}

/** Whether a block speaks for a commit, once it is over the same change exactly, or over the same paths. */
function speaksFor(policy: Policy, { commit, own }: SpokenFor): (block: Block, isExact: boolean) => boolean {
  const isMerge = commit.parents.length > 1;
  const dispute = findDispute(policy, commit)?.reason;
  const others = commit.parents.slice(1).join();
  const ownDigest = isMerge ? changeDigest(own) : undefined;
  return (block, isExact) => {
    if (block.dispute !== dispute) return false;
    return isExact ? block.otherParents.join() === others && block.own === ownDigest : !isMerge && block.parents < 2;
  };
}

function withdrawn({ email, where }: VerifiedClaim): Defect {
  return { code: "COSIGN_WITHDRAWN", data: { email, ...spotOf(where) } };
}

function blockOf({ lines, blockNumber }: SignedRecord): Block {
  const block = lines.blocks[blockNumber - 1];
  if (!block) throw new Error("a record has the block that it was found for");
  return block;
}

/** Whose signature of the roster it is; undefined where it is by nobody there, or does not hold. */
export function findLedgerSigner(
  policy: Policy,
  { head, signature, bytes }: SignedStatement,
): LedgerSigner | undefined {
  const person = findPersonByEmail(policy, head.cosigner);
  const key = person?.keys.find(({ text }) => text === signature.key.text);
  if (!person || !key) return undefined;
  const verified = verifySignature(signature, NAMESPACE, bytes);
  return verified.valid ? { person, key, touched: verified.touched } : undefined;
}
