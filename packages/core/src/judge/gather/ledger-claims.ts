import { type Authors, findAuthors, withSigned } from "../../cosign/authors.ts";
import { changeDigest, pathsDigest } from "../../cosign/digest.ts";
import { NAMESPACE } from "../../cosign/lines.ts";
import { findReapplied } from "../../cosign/reapply.ts";
import type { VerifiedClaim } from "../../cosign/verify.ts";
import { Ledger, type LedgerRecord } from "../../ledger/ledger.ts";
import type { SignedStatement } from "../../ledger/record-file.ts";
import type { Change } from "../../object/change.ts";
import type { Commit } from "../../object/commit.ts";
import type { ObjectId } from "../../object/oid.ts";
import type { Person, PersonKey, Policy } from "../../policy/policy.ts";
import { findPersonByEmail } from "../../policy/roster.ts";
import { findDispute } from "../../provenance/dispute.ts";
import { branchRef } from "../../ref.ts";
import type { Repository } from "../../repository.ts";
import { verifySignature } from "../../ssh/verify-signature.ts";

/** Whose signature of the roster a record bears, by which key. */
interface Signer {
  readonly person: Person;
  readonly key: PersonKey;
  readonly touched: boolean;
}

type Record = LedgerRecord<Signer>;

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
  readonly #ledger: Ledger<Signer>;
  readonly #withdrawn = new Map<string, Promise<boolean>>();

  /** `branch`: the one that they are to be for; any where it is undefined. */
  constructor(repository: Repository, policy: Policy, branch: string | undefined, tip: ObjectId) {
    this.#repository = repository;
    this.#policy = policy;
    this.ref = policy.ledger ?? "";
    this.#branch = branch === undefined ? undefined : branchRef(branch);
    this.#ledger = new Ledger(repository, tip, (statement) => findSigner(policy, statement));
  }

  /** Those that speak for a commit: exactly, or applied to files that have moved on. */
  async of({ commit, changes, own }: SpokenFor): Promise<readonly VerifiedClaim[]> {
    const isMerge = commit.parents.length > 1;
    const dispute = findDispute(this.#policy, commit)?.reason;
    const change = changeDigest(changes);
    const ownDigest = isMerge ? changeDigest(own) : undefined;
    const claims: VerifiedClaim[] = [];
    for (const record of await this.#records(changes)) {
      const block = blockOf(record);
      if (block.dispute !== dispute || block.emergency !== undefined) continue;
      if (block.change === change) {
        const sameParents = block.otherParents.join() === commit.parents.slice(1).join();
        if (sameParents && block.own === ownDigest) claims.push(this.#claim(record, commit));
      } else if (!isMerge && block.parents < 2) {
        const reapplied = await findReapplied(this.#repository, record.changes, changes);
        if (reapplied) claims.push({ ...this.#claim(record, commit), reapplied });
      }
    }
    return this.#standing(claims);
  }

  /** Those by which a merge vouches for the commits that it brings in: of the branch as a whole, or of the merge itself. */
  async vouchingOf(spoken: SpokenFor): Promise<readonly VerifiedClaim[]> {
    const { commit, changes } = spoken;
    const change = changeDigest(changes);
    const claims: VerifiedClaim[] = [];
    for (const record of await this.#records(changes)) {
      const block = blockOf(record);
      if (block.commits === undefined || block.dispute !== undefined || block.emergency !== undefined) continue;
      if (block.change === change) claims.push(this.#claim(record, commit));
      else {
        const reapplied = await findReapplied(this.#repository, record.changes, changes);
        if (reapplied) claims.push({ ...this.#claim(record, commit), reapplied });
      }
    }
    return [...(await this.of(spoken)), ...(await this.#standing(claims))];
  }

  /** The blocks about exactly these paths that are for this project and branch. */
  async #records(changes: readonly Change[]): Promise<readonly Record[]> {
    const records = await this.#ledger.recordsOf(pathsDigest(changes));
    return records.filter(
      ({ lines: { head } }) =>
        head.project === this.#policy.project &&
        (this.#branch === undefined || head.branches.some(({ ref }) => ref === this.#branch)),
    );
  }

  /** Whether there are any about exactly these paths. */
  async isAbout(changes: readonly Change[]): Promise<boolean> {
    return changes.length > 0 && (await this.#records(changes)).length > 0;
  }

  #claim(record: Record, commit: Commit): VerifiedClaim {
    const { lines, recordId, blockNumber, verified, changes } = record;
    const block = blockOf(record);
    const named = findAuthors(this.#policy, commit);
    // A forge names as co-author everyone who touched the branch; who made it, the block says.
    const landed: Authors =
      block.commits === undefined ? named : new Map([...named].filter(([, role]) => role === "author"));
    const approval = {
      base: lines.head.branches.find(({ ref }) => ref === this.#branch)?.base,
      block,
      changes,
      authors: withSigned(this.#policy, landed, block.authors),
      record: { lines, block: blockNumber },
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

  /** Without those that their signer took back. */
  async #standing(claims: readonly VerifiedClaim[]): Promise<readonly VerifiedClaim[]> {
    const standing: VerifiedClaim[] = [];
    for (const claim of claims) if (!(await this.#isWithdrawn(claim))) standing.push(claim);
    return standing;
  }

  async #isWithdrawn({ signatures }: VerifiedClaim): Promise<boolean> {
    for (const { result } of signatures) {
      const record = "code" in result ? undefined : result.approval?.record;
      if ("code" in result || !record) continue;
      const asked = this.#withdrawn.get(result.id) ?? this.#ledger.isWithdrawn(result.id, record.lines);
      this.#withdrawn.set(result.id, asked);
      if (await asked) return true;
    }
    return false;
  }

  /** The change that a block of a record approves; undefined where the ledger does not hold it. */
  async changesOf(recordId: string, block: number, paths: string): Promise<readonly Change[] | undefined> {
    const records = await this.#ledger.recordsOf(paths);
    return records.find((record) => record.recordId === recordId && record.blockNumber === block)?.changes;
  }
}

function blockOf({ lines, blockNumber }: Record) {
  const block = lines.blocks[blockNumber - 1];
  if (!block) throw new Error("a record has the block that it was found for");
  return block;
}

function findSigner(policy: Policy, { head, signature, bytes }: SignedStatement): Signer | undefined {
  const person = findPersonByEmail(policy, head.cosigner);
  const key = person?.keys.find(({ text }) => text === signature.key.text);
  if (!person || !key) return undefined;
  const verified = verifySignature(signature, NAMESPACE, bytes);
  return verified.valid ? { person, key, touched: verified.touched } : undefined;
}
