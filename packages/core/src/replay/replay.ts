import { type CommitVerdict, judgeCommit } from "../judge/judge-commit.ts";
import type { ObjectId } from "../object/oid.ts";
import type { Policy, Protection } from "../policy/policy.ts";
import type { CommitParents, CommitRange, Repository } from "../repository.ts";
import { readLanded } from "./read-landed.ts";
import { settleReplayed } from "./settle-replayed.ts";

/** A policy, and the branch that history is replayed for. */
export interface ReplayTerms {
  readonly policy: Policy;
  readonly protection: Protection;
  /** The full name of the ref. */
  readonly branch: string;
  /** Seconds since 1970. */
  readonly now: number;
}

/** A commit of the past and what its verdict would have been. */
export interface ReplayedCommit {
  readonly oid: ObjectId;
  readonly verdict: CommitVerdict;
  /** When it landed, which is when it is judged, in seconds since 1970. */
  readonly landed: number;
}

/** A range that ends at one tip. */
export interface ReplayedRange extends Omit<CommitRange, "tips"> {
  readonly tip: ObjectId;
  /** When all of it landed, in seconds since 1970; absent where each commit tells for itself. */
  readonly landed?: number;
}

/**
 * Judges each commit of a range as if it had landed when it was committed, by the same judging as a push. Streams: only
 * what other commits decide upon too is kept to the end, signed commits and those that a co-signed merge may vouch for.
 */
export async function* replay(
  repository: Repository,
  terms: ReplayTerms,
  { tip, landed: together, ...range }: ReplayedRange,
): AsyncGenerator<readonly ReplayedCommit[]> {
  const { policy, protection, branch, now } = terms;
  const open: ReplayedCommit[] = [];
  const merges: CommitParents[] = [];
  for await (const batch of readLanded(repository, [policy], { ...range, tips: [tip] }, now)) {
    const settled: ReplayedCommit[] = [];
    for (const { commit, landed: alone, provenances, changes, policyChanges } of batch) {
      const [provenance] = provenances;
      if (!provenance) continue;
      const landed = together ?? alone;
      const subject = { commit, provenance, changes, policyChanges };
      const verdict = judgeCommit(policy, protection, subject, { branch, now: landed });
      (isOpen(verdict) ? open : settled).push({ oid: commit.oid, verdict, landed });
      if (commit.parents.length > 1 && asksForMerges(policy)) merges.push({ oid: commit.oid, parents: commit.parents });
    }
    yield settled;
  }
  yield await settleReplayed(repository, terms, open, merges, tip);
}

function isOpen({ signatures, requirements }: CommitVerdict): boolean {
  return (
    signatures.length > 0 || requirements.some(({ met, requirement }) => !met && requirement.coverage === "merge")
  );
}

/** Whether a co-signed merge can vouch for anything. */
function asksForMerges({ cosign, policyChange, protect, rules }: Policy): boolean {
  return [cosign, policyChange, ...[...protect, ...rules].map((part) => part.cosign)].some(
    ({ coverage }) => coverage === "merge",
  );
}
