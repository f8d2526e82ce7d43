import { asciiLowerCase } from "../bytes.ts";
import { type Commit, parseCommit } from "../object/commit.ts";
import { type ObjectId, zeroOid } from "../object/oid.ts";
import type { PolicyInForce } from "../policy/in-force.ts";
import { findProtection, type Person, type Policy, type Protection } from "../policy/policy.ts";
import type { Requirement } from "../policy/requirement.ts";
import { findAblePeople, findPersonByEmail } from "../policy/roster.ts";
import { branchRef } from "../ref.ts";
import type { Repository } from "../repository.ts";
import { timeOrNow } from "../time.ts";
import type { CommitVerdict } from "./commit-verdict.ts";
import { findMakers } from "./count-cosigns.ts";
import { isReached } from "./is-reached.ts";
import type { Push } from "./judge-push.ts";
import { type EnforcedPush, judgeUpdate } from "./judge-update.ts";
import { JudgedTips } from "./judged-tips.ts";

/** Why a commit may or may not land on a branch, and who could change that. */
export interface Explanation {
  readonly commit: Commit;
  readonly branch: string;
  /** Undefined where the policy does not protect the branch. */
  readonly protection: Protection | undefined;
  /** Absent with `protection`. */
  readonly verdict: CommitVerdict | undefined;
  readonly author: Person | undefined;
  /** For each requirement of the verdict, in order, the people whose co-sign would count. */
  readonly candidates: readonly (readonly Person[])[];
  /** The people who could prove its dispute, if it has one. */
  readonly disputants: readonly Person[];
}

/** A commit and where it is to land. */
export interface ExplainedCommit extends Pick<Push, "destination" | "now" | "trial"> {
  readonly policy: PolicyInForce;
  readonly commit: ObjectId;
  /** By short name. */
  readonly branch: string;
  /** The end of the range that is judged; the commit itself where that does not reach it, or is absent. */
  readonly tip?: ObjectId | undefined;
}

/** Shows the verdict on one commit that judging the range up to a tip gives. */
export async function explainCommit(repository: Repository, explained: ExplainedCommit): Promise<Explanation> {
  const { branch, policy: inForce } = explained;
  const { policy } = inForce;
  const now = timeOrNow(explained.now);
  const commit = parseCommit(await repository.commit(explained.commit));
  const author = findPersonByEmail(policy, commit.author.email);
  const protection = findProtection(policy, branch);
  if (!protection) return { commit, branch, protection, verdict: undefined, author, candidates: [], disputants: [] };
  const verdict = await judgeWithin(repository, { ...explained, now }, commit, protection);
  const candidates = verdict.requirements.map(({ requirement }) => findCandidates(policy, requirement, commit, now));
  const disputants = verdict.dispute
    ? findCandidates(policy, verdict.dispute.requirement.requirement, commit, now)
    : [];
  return { commit, branch, protection, verdict, author, candidates, disputants };
}

/** A commit that landed already is judged as if it came now, with all that came behind it. */
async function judgeWithin(
  repository: Repository,
  { destination, policy, branch, tip, trial = false, now }: ExplainedCommit & { readonly now: number },
  { oid, parents }: Commit,
  protection: Protection,
): Promise<CommitVerdict> {
  const known = destination.branches.get(branch);
  const reaches = async (end: ObjectId | undefined): Promise<boolean> =>
    end !== undefined && (await isReached(repository, oid, [end]));
  const update = { ref: branchRef(branch), old: known ?? zeroOid(repository.format), new: oid };
  const push: EnforcedPush = { updates: [update], destination, policy, trial, now, merging: true, also: oid };
  const judged = await new JudgedTips(repository, push, policy).of(protection);
  const landed = await isReached(repository, oid, judged);
  const ends = landed ? [known, tip] : [tip];
  let end = oid;
  for (const other of ends) if (other && end === oid && (await reaches(other))) end = other;
  const range = { update: { ...update, new: end }, branch, protection, judged: landed ? parents : judged };
  const { judged: verdicts, violations, faults } = await judgeUpdate(repository, push, range);
  const verdict = verdicts.find(({ commit }) => commit === oid);
  const own = violations.filter(({ commit }) => commit === oid);
  const found = verdict && { ...verdict, violations: [...own, ...verdict.violations] };
  const [fault] = faults;
  if (found && (found.violations.length > 0 || !fault)) return found;
  throw fault ?? new Error("a range holds the commits that it is made for");
}

function findCandidates(policy: Policy, needs: Requirement, commit: Commit, now: number): readonly Person[] {
  const makers = findMakers(commit);
  const made = ({ emails }: Person): boolean => emails.some((email) => makers.has(asciiLowerCase(email)));
  return findAblePeople(policy, needs, now).filter((person) => needs.self || !made(person));
}
