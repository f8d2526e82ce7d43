import { NOBODY, type WorkOf } from "../cosign/authors.ts";
import { decide } from "../judge/decide/decide.ts";
import { RosterHelp } from "../judge/decide/roster-help.ts";
import type { CommitVerdict, JudgedRequirement } from "../judge/decide/verdict.ts";
import type { Case } from "../judge/gather/case.ts";
import { openCase } from "../judge/gather/open-case.ts";
import { withRecords } from "../judge/gather/with-records.ts";
import { notBefore } from "../judge/landing-time.ts";
import type { LedgerClaims } from "../judge/records/ledger-claims.ts";
import { openLedger } from "../judge/records/open-ledger.ts";
import { NO_RELATIONS } from "../judge/relate/relations.ts";
import type { ObjectId } from "../object/oid.ts";
import { asksForMerges } from "../policy/commit-requirements.ts";
import { findProtection, type Policy, type Protection } from "../policy/policy.ts";
import type { Destination } from "../ref.ts";
import type { CommitRange, Repository } from "../repository.ts";
import { type LandedCommit, readLanded } from "./read-landed.ts";
import { type LandedCase, relateLanded } from "./relate-landed.ts";

/** What history is replayed for. */
export interface ReplayTerms {
  /** By short name. */
  readonly branch: string;
  /** Where the branch is, and the ledger. */
  readonly destination: Destination;
  /** Seconds since 1970. */
  readonly now: number;
}

/** A range that ends at one tip. */
export interface ReplayedRange extends Omit<CommitRange, "tips"> {
  readonly tip: ObjectId;
  /** When all of it landed, in seconds since 1970; absent if each commit says so itself. */
  readonly landed?: number;
}

/** A commit of the past and what its verdict would have been; without a violation where nothing protects the branch. */
export interface ReplayedCommit extends WorkOf {
  readonly verdict: CommitVerdict;
  /** When it landed, which is when it is judged, in seconds since 1970. */
  readonly landed: number;
}

/**
 * Judges each commit of a range as if it had landed when it was committed, by the stages that judge a push; under each of
 * the policies, in their order. Streams: only what other commits decide upon too is kept to the end, signed commits and
 * those that a co-signed merge may vouch for.
 */
export async function* replay(
  repository: Repository,
  policies: readonly Policy[],
  terms: ReplayTerms,
  { tip, landed, ...range }: ReplayedRange,
): AsyncGenerator<readonly (readonly ReplayedCommit[])[]> {
  const judges = policies.map((policy, index) => new Judge(repository, policy, index, terms));
  for await (const commit of readLanded(repository, policies, { ...range, tips: [tip] }, terms.now)) {
    const judged: (readonly ReplayedCommit[])[] = [];
    for (const judge of judges) judged.push(await judge.judge(commit, landed));
    yield judged;
  }
  const related: (readonly ReplayedCommit[])[] = [];
  for (const judge of judges) related.push(await judge.judgeOpen(tip));
  yield related;
}

/** Stands in where nothing protects a branch: its commits are read, and none is refused. */
const UNPROTECTED: Protection = { branches: [], cosign: {}, accepts: [], mode: "enforce" };

/** One policy, and the commits that it could not judge by themselves. */
class Judge {
  readonly #repository: Repository;
  readonly #ledger: LedgerClaims | undefined;
  readonly #policy: Policy;
  readonly #help: RosterHelp;
  /** Among the policies. */
  readonly #index: number;
  readonly #terms: ReplayTerms;
  readonly #protection: Protection | undefined;
  readonly #mayVouch: boolean;
  readonly #open: LandedCase[] = [];
  /** The parents of each commit, where a merge may vouch for others. */
  readonly #links = new Map<ObjectId, readonly ObjectId[]>();

  constructor(repository: Repository, policy: Policy, index: number, terms: ReplayTerms) {
    this.#repository = repository;
    this.#ledger = openLedger(repository, terms, policy, terms.branch);
    this.#policy = policy;
    this.#help = new RosterHelp(policy);
    this.#index = index;
    this.#terms = terms;
    this.#protection = findProtection(policy, terms.branch);
    this.#mayVouch = asksForMerges(policy);
  }

  /** The commit, if it can be judged by itself. */
  async judge(
    { landed: alone, provenances, ...facts }: LandedCommit,
    together: number | undefined,
  ): Promise<readonly ReplayedCommit[]> {
    const policy = this.#policy;
    const provenance = provenances[this.#index];
    if (!provenance) return [];
    const { oid, parents } = facts.commit;
    if (this.#mayVouch) this.#links.set(oid, parents);
    const target = { branch: this.#terms.branch, protection: this.#protection ?? UNPROTECTED };
    const reading = { ...facts, provenance };
    const of = await withRecords(openCase(policy, target, reading), reading, this.#ledger);
    // No more than that is kept of a case.
    const work = { authors: of.authors, makers: of.makers };
    const landed = notBefore(together ?? alone, of.claims, this.#terms.now);
    const [verdict] = decide(policy, [of], NO_RELATIONS, () => landed, this.#help);
    if (!verdict) return [];
    if (!this.#protection) return [{ ...work, verdict: { ...verdict, violations: [] }, landed }];
    if (of.doubt) throw of.doubt;
    if (!isOpen(verdict)) return [{ ...work, verdict, landed }];
    this.#open.push({ of, landed, covered: verdict.requirements.some(isCovered) });
    return [];
  }

  /** The others. */
  async judgeOpen(tip: ObjectId): Promise<readonly ReplayedCommit[]> {
    if (this.#open.length === 0) return [];
    const range = { ...this.#terms, tips: [tip], links: this.#links, ledger: this.#ledger };
    const relations = await relateLanded(this.#repository, this.#policy, range, this.#open);
    const landedAt = ({ summary }: Case): number => relations.landedAt(summary.commit);
    const cases = this.#open.map(({ of }) => of);
    const verdicts = decide(this.#policy, cases, relations, landedAt, this.#help);
    return verdicts.map((verdict, index) => ({
      verdict,
      landed: relations.landedAt(verdict.commit),
      authors: cases[index]?.authors ?? NOBODY,
      makers: cases[index]?.makers ?? NOBODY,
    }));
  }
}

/** Whether other commits decide on it too. */
function isOpen({ cosigns, requirements }: CommitVerdict): boolean {
  const signed = cosigns.some(({ proof }) => proof !== "declared");
  return signed || requirements.some((judged) => !judged.met && isCovered(judged));
}

function isCovered({ requirement }: JudgedRequirement): boolean {
  return requirement.coverage === "merge";
}
