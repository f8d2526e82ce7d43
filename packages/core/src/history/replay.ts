import type { CommitVerdict } from "../judge/commit-verdict.ts";
import { judgeCommit } from "../judge/judge-commit.ts";
import type { ObjectId } from "../object/oid.ts";
import { findProtection, type Policy, type Protection } from "../policy/policy.ts";
import { branchRef } from "../ref.ts";
import type { CommitParents, CommitRange, Repository } from "../repository.ts";
import { type LandedCommit, readLanded } from "./read-landed.ts";
import { settleReplayed } from "./settle-replayed.ts";

/** What history is replayed for. */
export interface ReplayTerms {
  /** By short name. */
  readonly branch: string;
  /** Seconds since 1970. */
  readonly now: number;
}

/** A range that ends at one tip. */
export interface ReplayedRange extends Omit<CommitRange, "tips"> {
  readonly tip: ObjectId;
  /** When all of it landed, in seconds since 1970; absent where each commit tells for itself. */
  readonly landed?: number;
}

/** A commit of the past and what its verdict would have been; without a violation where nothing protects the branch. */
export interface ReplayedCommit {
  readonly verdict: CommitVerdict;
  /** When it landed, which is when it is judged, in seconds since 1970. */
  readonly landed: number;
}

/**
 * Judges each commit of a range as if it had landed when it was committed, by the same judging as a push; under each of
 * the policies, in their order. Streams: only what other commits decide upon too is kept to the end, signed commits and
 * those that a co-signed merge may vouch for.
 */
export async function* replay(
  repository: Repository,
  policies: readonly Policy[],
  terms: ReplayTerms,
  { tip, landed, ...range }: ReplayedRange,
): AsyncGenerator<readonly (readonly ReplayedCommit[])[]> {
  const judges = policies.map((policy, index) => new Judge(policy, index, terms));
  for await (const batch of readLanded(repository, policies, { ...range, tips: [tip] }, terms.now)) {
    yield judges.map((judge) => judge.judge(batch, landed));
  }
  const settled: (readonly ReplayedCommit[])[] = [];
  for (const judge of judges) settled.push(await judge.settle(repository, tip));
  yield settled;
}

/** Stands in where nothing protects a branch: its commits are read, and none is refused. */
const UNPROTECTED: Protection = { branches: [], cosign: {}, accepts: [], mode: "enforce" };

/** One policy, and what it could not settle yet. */
class Judge {
  readonly #policy: Policy;
  /** Among the policies. */
  readonly #index: number;
  readonly #terms: ReplayTerms;
  readonly #protection: Protection | undefined;
  readonly #open: ReplayedCommit[] = [];
  readonly #merges: CommitParents[] = [];

  constructor(policy: Policy, index: number, terms: ReplayTerms) {
    this.#policy = policy;
    this.#index = index;
    this.#terms = terms;
    this.#protection = findProtection(policy, terms.branch);
  }

  /** The commits of a batch that are settled by themselves. */
  judge(batch: readonly LandedCommit[], together: number | undefined): readonly ReplayedCommit[] {
    const settled: ReplayedCommit[] = [];
    const protection = this.#protection ?? UNPROTECTED;
    const branch = branchRef(this.#terms.branch);
    const covered = asksForMerges(this.#policy);
    for (const { landed: alone, provenances, ...facts } of batch) {
      const provenance = provenances[this.#index];
      if (!provenance) continue;
      const landed = together ?? alone;
      const { commit } = facts;
      const verdict = judgeCommit(this.#policy, protection, { ...facts, provenance }, { branch, now: landed });
      if (!this.#protection) settled.push({ verdict: { ...verdict, violations: [] }, landed });
      else (isOpen(verdict) ? this.#open : settled).push({ verdict, landed });
      if (covered && commit.parents.length > 1) this.#merges.push({ oid: commit.oid, parents: commit.parents });
    }
    return settled;
  }

  /** The others. */
  async settle(repository: Repository, tip: ObjectId): Promise<readonly ReplayedCommit[]> {
    const [open, protection] = [this.#open, this.#protection];
    if (open.length === 0 || !protection) return open;
    const { branch, now } = this.#terms;
    const context = { branch: branchRef(branch), now };
    return settleReplayed(repository, { policy: this.#policy, protection, context, merges: this.#merges, tip }, open);
  }
}

function isOpen({ signatures, requirements }: CommitVerdict): boolean {
  return signatures.length > 0 || requirements.some(({ met, requirement }) => !met && requirement.coverage === "merge");
}

/** Whether a co-signed merge can vouch for anything. */
function asksForMerges({ cosign, policyChange, protect, rules }: Policy): boolean {
  return [cosign, policyChange, ...[...protect, ...rules].map((part) => part.cosign)].some(
    ({ coverage }) => coverage === "merge",
  );
}
