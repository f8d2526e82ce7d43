import { readWorkOf } from "../cosign/authors.ts";
import { type Commit, parseCommit } from "../object/commit.ts";
import { type ObjectId, zeroOid } from "../object/oid.ts";
import type { PolicyInForce } from "../policy/in-force.ts";
import { findProtection, type Person, type Protection } from "../policy/policy.ts";
import type { Requirement } from "../policy/requirement.ts";
import { findPersonByEmail } from "../policy/roster.ts";
import { branchRef } from "../ref.ts";
import type { Repository } from "../repository.ts";
import { timeOrNow } from "../time.ts";
import { decide } from "./decide/decide.ts";
import { RosterHelp } from "./decide/roster-help.ts";
import type { CommitVerdict } from "./decide/verdict.ts";
import { gather } from "./gather/gather.ts";
import type { Target } from "./gather/open-case.ts";
import { type DatedPush, judgeLanding } from "./judge-landing.ts";
import { plan } from "./plan.ts";
import type { Push } from "./push.ts";
import { findElsewhere } from "./records/mismatches.ts";
import { openLedger } from "./records/open-ledger.ts";
import { readSpokenFor } from "./relate/read-claims.ts";
import { relate } from "./relate/relate.ts";
import { violation } from "./violation.ts";

/** A commit and where it is to land. */
export interface ExplainedCommit extends Pick<Push, "destination" | "now" | "trial"> {
  readonly policy: PolicyInForce;
  readonly commit: ObjectId;
  /** By short name. */
  readonly branch: string;
  /** The end of the range that is judged; if that does not reach the commit, or is absent, the commit itself. */
  readonly tip?: ObjectId | undefined;
}

/** Why a commit may or may not land on a branch, and who could change that. */
export interface Explanation {
  readonly commit: Commit;
  readonly branch: string;
  /** Undefined if the policy does not protect the branch. */
  readonly protection: Protection | undefined;
  /** Absent with `protection`. */
  readonly verdict: CommitVerdict | undefined;
  readonly author: Person | undefined;
  /** For each requirement of the verdict, in order, the people whose co-sign would count. */
  readonly candidates: readonly (readonly Person[])[];
  /** The people who could prove its dispute, if it has one. */
  readonly disputants: readonly Person[];
}

/** Shows the verdict on one commit that judging the range up to a tip gives. */
export async function explainCommit(repository: Repository, explained: ExplainedCommit): Promise<Explanation> {
  const { branch, policy: inForce } = explained;
  const { policy } = inForce;
  const now = timeOrNow(explained.now);
  const commit = parseCommit(await repository.commit(explained.commit));
  const author = findPersonByEmail(policy, commit.author.email);
  const protection = findProtection(policy, branch);
  const found = { commit, branch, protection, author };
  if (!protection) return { ...found, verdict: undefined, candidates: [], disputants: [] };
  const judged = await judgeWithin(repository, { ...explained, now }, commit, protection);
  const verdict = await withElsewhere(repository, explained, commit, judged);
  const help = new RosterHelp(policy);
  const work = readWorkOf(policy, commit);
  const candidates = (needs: Requirement): readonly Person[] => [...help.people(needs, now, work)];
  return {
    ...found,
    verdict,
    candidates: verdict.requirements.map(({ requirement }) => candidates(requirement)),
    disputants: verdict.dispute ? candidates(verdict.dispute.requirement.requirement) : [],
  };
}

/** Where a co-sign is missing: what in the whole ledger comes close to the commit, for which judging has no time. */
async function withElsewhere(
  repository: Repository,
  { destination, policy: { policy }, branch }: ExplainedCommit,
  commit: Commit,
  verdict: CommitVerdict,
): Promise<CommitVerdict> {
  const isMissing = verdict.violations.some(({ code }) => code === "COSIGN_MISSING");
  const isExplained = verdict.violations.some(({ code }) => code === "COSIGN_MISMATCH");
  const ledger = isMissing && !isExplained ? openLedger(repository, { destination }, policy, branch) : undefined;
  if (!ledger) return verdict;
  for await (const spoken of readSpokenFor(repository, [commit])) {
    const data = await findElsewhere(ledger, spoken);
    if (!data) return verdict;
    return {
      ...verdict,
      violations: [...verdict.violations, violation("COSIGN_MISMATCH", data, { commit: commit.oid })],
    };
  }
  return verdict;
}

async function judgeWithin(
  repository: Repository,
  explained: ExplainedCommit & { readonly now: number },
  commit: Commit,
  protection: Protection,
): Promise<CommitVerdict> {
  const { destination, policy, branch, tip, trial = false, now } = explained;
  const { oid } = commit;
  const known = destination.branches.get(branch);
  const end = await findEnd(repository, oid, [tip]);
  const update = { ref: branchRef(branch), old: known ?? zeroOid(repository.format), new: end };
  const push: DatedPush = { updates: [update], destination, policy, trial, now, merging: true };
  const [landing] = (await plan(repository, push)).updates;
  if (!landing || !("tip" in landing)) throw landing?.faults[0] ?? new Error("a protected branch has a landing");
  const { judged, violations, faults } = await judgeLanding(repository, push, landing, oid);
  const verdict = judged.find((of) => of.commit === oid);
  const ofLanding = violations.filter((violation) => violation.commit === oid);
  const found = verdict && { ...verdict, violations: [...ofLanding, ...verdict.violations] };
  const [fault] = faults;
  // A proven breach weighs more than a doubt.
  if (found && (found.violations.length > 0 || !fault)) return found;
  if (fault) throw fault;
  const latest = await findEnd(repository, oid, [known, tip]);
  return judgeLanded(repository, explained, commit, { branch, protection }, latest);
}

/** The first of these commits that reaches one; else that one itself. */
async function findEnd(
  repository: Repository,
  oid: ObjectId,
  ends: readonly (ObjectId | undefined)[],
): Promise<ObjectId> {
  for (const end of ends) if (end && (await repository.isAncestor(oid, end))) return end;
  return oid;
}

/** A commit that is there already is judged as if it came now, with what came behind it. */
async function judgeLanded(
  repository: Repository,
  { policy: { policy }, destination, now }: ExplainedCommit & { readonly now: number },
  { oid, parents }: Commit,
  target: Target,
  tip: ObjectId,
): Promise<CommitVerdict> {
  const range = { tips: [tip], exclude: parents };
  const ledger = openLedger(repository, { destination }, policy, target.branch);
  const { cases, doubts, shape } = await gather(repository, policy, target, range, { also: oid, alone: true, ledger });
  if (doubts[0]) throw doubts[0];
  const related = { branch: target.branch, tips: [tip], stood: tip, judged: parents, links: shape.links, ledger };
  const relations = await relate(repository, policy, related, cases);
  const [verdict] = decide(policy, cases, relations, () => now);
  if (!verdict) throw new Error("a range holds the commits that it is made for");
  return verdict;
}
