import { NOBODY, withSigned } from "../../cosign/authors.ts";
import { type ClaimPlace, spotOf } from "../../cosign/claim-place.ts";
import { changeDigest, pathsDigest } from "../../cosign/digest.ts";
import { findEmergency } from "../../cosign/emergency.ts";
import type { Block } from "../../cosign/lines.ts";
import { findReapplied } from "../../cosign/reapply.ts";
import type { CheckedSignature, Defect, VerifiedClaim } from "../../cosign/verify.ts";
import type { Change } from "../../object/change.ts";
import type { Commit } from "../../object/commit.ts";
import type { Policy } from "../../policy/policy.ts";
import { type AuthorAddresses, readAuthors } from "../../provenance/authors.ts";
import { findDispute } from "../../provenance/dispute.ts";
import { branchRef } from "../../ref.ts";
import type { Repository } from "../../repository.ts";
import type { Push } from "../push.ts";
import type { RecordSource, RefusedReview, ReviewedSource, SignedRecord } from "./record-source.ts";

/** Where a commit lands. */
export interface Place {
  readonly project: string | undefined;
  /** The full name of the branch; undefined if any will do. */
  readonly ref: string | undefined;
}

/** A commit, its change against the first parent, and what it does itself. */
export interface SpokenFor {
  readonly commit: Commit;
  readonly changes: readonly Change[];
  readonly own: readonly Change[];
}

/** What claims are made of. */
export interface ClaimSources {
  /** The ledger itself, by its full name. */
  readonly ref: string;
  readonly records: RecordSource;
  /** What a forge reports about reviews, which the records hold too. */
  readonly reviewed?: ReviewedSource | undefined;
  readonly makers?: Push["makers"];
}

/** The co-signs of a ledger, and of reviews, as claims of the commits that they speak for. */
export class LedgerClaims {
  readonly #repository: Repository;
  readonly #policy: Policy;
  readonly ref: string;
  readonly #branch: string | undefined;
  readonly #records: RecordSource;
  readonly #reviewed: ReviewedSource | undefined;
  readonly #makers: Push["makers"];

  /** `branch`: the one that they are to be for; any where it is undefined. */
  constructor(
    repository: Repository,
    policy: Policy,
    branch: string | undefined,
    { ref, records, reviewed, makers }: ClaimSources,
  ) {
    this.#makers = makers;
    this.#repository = repository;
    this.#policy = policy;
    this.ref = ref;
    this.#branch = branch === undefined ? undefined : branchRef(branch);
    this.#records = records;
    this.#reviewed = reviewed;
  }

  /** What they are to be for. */
  get place(): Place {
    return { project: this.#policy.project, ref: this.#branch };
  }

  /**
   * Those that speak for a commit: exactly, or applied to files that have moved on. `about`: the records about its paths;
   * `urgent`: whether those count in that are for an emergency of which its message says nothing any more.
   */
  async of(
    spoken: SpokenFor,
    about?: readonly SignedRecord[],
    { urgent = false } = {},
  ): Promise<readonly VerifiedClaim[]> {
    return this.#claims(spoken, about, speaksFor(this.#policy, spoken, urgent), ({ commits }) => {
      const named = readAuthors(spoken.commit);
      if (commits === undefined) return named;
      // A forge names everyone who touched the branch as co-author; the block says who made it.
      const landed = [...named].filter(([, role]) => role === "author");
      return new Map([...landed, ...(this.#makers?.get(spoken.commit.oid) ?? [])]);
    });
  }

  /**
   * Those by which a merge vouches for the commits that it brings in: of the branch as a whole, or of the merge itself. Who
   * made the merge does not say whose work those are.
   */
  async vouchingOf(spoken: SpokenFor, about?: readonly SignedRecord[]): Promise<readonly VerifiedClaim[]> {
    const speaks = speaksFor(this.#policy, spoken);
    const isOfBranch = ({ commits, dispute, emergency }: Block): boolean =>
      commits !== undefined && dispute === undefined && emergency === undefined;
    return this.#claims(
      spoken,
      about,
      (block, isExact) => isOfBranch(block) || speaks(block, isExact),
      () => NOBODY,
    );
  }

  /** Co-signs, without those that their signer withdrew, in whichever carrier they are. */
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
      if (!fits(block, isExact)) continue;
      const reapplied = isExact ? undefined : await findReapplied(this.#repository, record.changes, changes);
      if (!isExact && !reapplied) continue;
      claims.push({ ...this.#claim(record, commit, authorsOf(block)), ...(reapplied && { reapplied }) });
    }
    return this.afterWithdrawals(claims);
  }

  /** The blocks about exactly these paths, whatever they are for. */
  recordsAbout(changes: readonly Change[]): Promise<readonly SignedRecord[]> {
    return this.#records.recordsOf(pathsDigest(changes));
  }

  /** Reviews on the forge, of a branch with such a change, that approve nothing. */
  async refusedReviews(changes: readonly Change[]): Promise<readonly RefusedReview[]> {
    return (await this.#reviewed?.refusedOf(pathsDigest(changes))) ?? [];
  }

  /** Every block that there is. */
  records(): AsyncIterable<SignedRecord> {
    return this.#records.records();
  }

  /** Whether a record is for this project and branch. */
  #isFor({ lines: { head } }: SignedRecord): boolean {
    const isForBranch = this.#branch === undefined || head.branches.some(({ ref }) => ref === this.#branch);
    return head.project === this.#policy.project && isForBranch;
  }

  #claim(record: SignedRecord, commit: Commit, authors: AuthorAddresses): VerifiedClaim {
    const { lines, recordId, blockNumber, verified, changes, signature } = record;
    const block = blockOf(record);
    const approval = {
      base: lines.head.branches.find(({ ref }) => ref === this.#branch)?.base,
      block,
      changes,
      authors: withSigned(authors, block.authors),
      signed: { lines, block: blockNumber, signature: signature?.blob },
    };
    const { proof } = verified;
    const { emergency } = block;
    const time = Date.parse(lines.head.time) / 1000;
    const result = { id: recordId, time, proof, approval, ...(emergency !== undefined && { emergency }) } as const;
    return {
      bearer: commit.oid,
      email: lines.head.cosigner,
      where: placeOf(record),
      person: verified.person,
      signatures: [{ key: verified.key, result }],
    };
  }

  async #isWithdrawn(result: CheckedSignature["result"]): Promise<boolean> {
    if ("code" in result || !result.approval) return false;
    return this.#records.isWithdrawn(result.id, result.approval.signed.lines);
  }

  /** The change that a block of a record approves; undefined if the ledger does not hold it. */
  async changesOf(recordId: string, block: number, paths: string): Promise<readonly Change[] | undefined> {
    const records = await this.#records.recordsOf(paths);
    return records.find((record) => record.recordId === recordId && record.blockNumber === block)?.changes;
  }
}

/** Whether a block speaks for a commit, once it is over the same change exactly, or over the same paths. */
function speaksFor(
  policy: Policy,
  { commit, own }: SpokenFor,
  urgent = false,
): (block: Block, isExact: boolean) => boolean {
  const isMerge = commit.parents.length > 1;
  const dispute = findDispute(policy, commit)?.reason;
  const emergency = findEmergency(policy, commit)?.reason;
  const others = commit.parents.slice(1).join();
  const ownDigest = isMerge ? changeDigest(own) : undefined;
  return (block, isExact) => {
    if (block.dispute !== dispute) return false;
    // Without the reason it is an ordinary co-sign, of a commit in an emergency too.
    if (!urgent && block.emergency !== undefined && block.emergency !== emergency) return false;
    return isExact ? block.otherParents.join() === others && block.own === ownDigest : !isMerge && block.parents < 2;
  };
}

/** What a forge reports now is recorded nowhere yet. */
function placeOf({ lines: { head }, recordId, blockNumber }: SignedRecord): ClaimPlace {
  if (!head.reviewed || head.reviewed.witness !== undefined)
    return { carrier: "ledger", record: recordId, block: blockNumber };
  const { forge, review } = head.reviewed;
  return { carrier: "review", forge, review };
}

function withdrawn({ email, where }: VerifiedClaim): Defect {
  return { code: "COSIGN_WITHDRAWN", data: { email, ...spotOf(where) } };
}

function blockOf({ lines, blockNumber }: SignedRecord): Block {
  const block = lines.blocks[blockNumber - 1];
  if (!block) throw new Error("a record has the block that it was found for");
  return block;
}
