import { digestOf } from "../cosign/digest.ts";
import { findLinesDefect, formatLines, type SignedHead, type SignedLines } from "../cosign/lines.ts";
import { groupBy } from "../group-by.ts";
import type { RefusedReview, ReviewedSource, SignedRecord } from "../judge/records/record-source.ts";
import type { Standing } from "../judge/relate/base.ts";
import type { WouldBeRepository } from "../merge-way/would-be-repository.ts";
import type { Change } from "../object/change.ts";
import type { Person, Policy } from "../policy/policy.ts";
import { branchRef } from "../ref.ts";
import { formatTime } from "../time.ts";
import type { LastVerdict } from "./find-approvals.ts";
import type { ReviewedHead } from "./review.ts";
import { type ReviewedBranch, readReviewedBranch } from "./reviewed-branch.ts";
import { weighReviews } from "./weigh-reviews.ts";

/** An approval that stands, as the record that a witness would write of it. */
export interface ReviewRecord {
  readonly person: Person;
  /** Without the witness. */
  readonly lines: SignedLines;
  /** What each block approves, in their order. */
  readonly changes: readonly (readonly Change[])[];
}

/** A verdict that approves nothing, with the paths of each part of its branch; undefined if that could not be read. */
interface RefusedOfBranch {
  readonly review: RefusedReview;
  readonly about: ReadonlySet<string> | undefined;
}

interface Reported {
  readonly approvals: readonly ReviewRecord[];
  readonly records: readonly SignedRecord[];
  readonly byPaths: ReadonlyMap<string, readonly SignedRecord[]>;
  readonly refused: readonly RefusedOfBranch[];
  /** Of everything that was reviewed, approved or not. */
  readonly paths: ReadonlySet<string>;
}

/** What a forge reports about branches, as records. They are read when they are first asked for. */
export class ReviewedRecords implements ReviewedSource {
  readonly #repository: WouldBeRepository;
  readonly #policy: Policy;
  readonly #standing: Standing;
  readonly #heads: readonly ReviewedHead[];
  #reported: Promise<Reported> | undefined;

  constructor(repository: WouldBeRepository, policy: Policy, standing: Standing, heads: readonly ReviewedHead[]) {
    this.#repository = repository;
    this.#policy = policy;
    this.#standing = standing;
    this.#heads = heads;
  }

  /** One record for each approval that stands. */
  async approvals(): Promise<readonly ReviewRecord[]> {
    return (await this.#read()).approvals;
  }

  /** `pathsDigest` of each change that was reviewed, by which a ledger has its records. */
  async paths(): Promise<ReadonlySet<string>> {
    return (await this.#read()).paths;
  }

  async recordsOf(paths: string): Promise<readonly SignedRecord[]> {
    return (await this.#read()).byPaths.get(paths) ?? [];
  }

  async *records(): AsyncGenerator<SignedRecord> {
    yield* (await this.#read()).records;
  }

  knowsBetter({ reviewed }: SignedHead): boolean {
    return reviewed !== undefined && this.#heads.some(({ head }) => head === reviewed.head);
  }

  async refusedOf(paths: string): Promise<readonly RefusedReview[]> {
    return (await this.#read()).refused.flatMap(({ review, about }) => ((about?.has(paths) ?? true) ? [review] : []));
  }

  #read(): Promise<Reported> {
    this.#reported ??= this.#readHeads();
    return this.#reported;
  }

  async #readHeads(): Promise<Reported> {
    const approvals: ReviewRecord[] = [];
    const refused: RefusedOfBranch[] = [];
    const paths = new Set<string>();
    for (const reviewed of this.#heads) {
      const branch = await readReviewedBranch(this.#repository, this.#policy, this.#standing, reviewed.head);
      for (const { block } of branch?.parts ?? []) paths.add(block.paths);
      const about = branch && new Set(branch.parts.map(({ block }) => block.paths));
      for (const verdict of weighReviews(this.#policy, reviewed, branch?.makers ?? new Set())) {
        const made = verdict.flaw ?? this.#record(verdict, reviewed, branch);
        if (typeof made === "string") refused.push({ review: refuse(verdict, made), about });
        else approvals.push(made);
      }
    }
    const records = approvals.flatMap(blocksOf);
    return { approvals, records, byPaths: groupBy(records, pathsOf), refused, paths };
  }

  /** The record of an approval, or why there is none. */
  #record(
    { person, review }: LastVerdict,
    { head }: ReviewedHead,
    branch: ReviewedBranch | undefined,
  ): ReviewRecord | string {
    if (!branch) return "the branch has no history in common with its target, or too much for one record";
    const branches = [{ ref: branchRef(this.#standing.branch), base: branch.base }];
    const signed = {
      project: this.#policy.project,
      branches,
      cosigner: person.emails[0] ?? "",
      time: formatTime(review.submitted),
      reviewed: { witness: undefined, forge: review.forge, review: review.id, head },
    };
    const lines = { head: signed, blocks: branch.parts.map(({ block }) => block) };
    return findLinesDefect(lines) ?? { person, lines, changes: branch.parts.map(({ changes }) => changes) };
  }
}

function blocksOf({ person, lines, changes }: ReviewRecord): readonly SignedRecord[] {
  const recordId = digestOf(formatLines(lines));
  const verified = { person, key: undefined, proof: "reviewed" } as const;
  return changes.map((approved, index) => ({ recordId, lines, blockNumber: index + 1, verified, changes: approved }));
}

function pathsOf({ lines, blockNumber }: SignedRecord): string {
  return lines.blocks[blockNumber - 1]?.paths ?? "";
}

function refuse({ person, review }: LastVerdict, reason: string): RefusedReview {
  const { forge, id } = review;
  return { person, mismatch: { email: person.emails[0] ?? "", forge, review: id, reason } };
}
