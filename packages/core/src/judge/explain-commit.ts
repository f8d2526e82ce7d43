import { asciiLowerCase } from "../bytes.ts";
import { type Commit, parseCommit } from "../object/commit.ts";
import type { ObjectId } from "../object/oid.ts";
import { findAblePeople } from "../policy/able-people.ts";
import type { PolicyInForce } from "../policy/in-force.ts";
import { findPersonByEmail, type Person, type Policy, type Protection, type Requirement } from "../policy/policy.ts";
import { findProtection } from "../policy/protection.ts";
import { branchRef } from "../ref.ts";
import type { Repository } from "../repository.ts";
import type { CommitVerdict } from "./commit-verdict.ts";
import { findMakers } from "./count-cosigns.ts";
import { judgeCommit } from "./judge-commit.ts";
import { readSubjects } from "./read-subjects.ts";
import { seeUnder } from "./see-commits.ts";

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

/** Judges one commit as if it were new on a branch. `tip`: a later commit, whose records may be about this one. */
export async function explainCommit(
  repository: Repository,
  { policy }: PolicyInForce,
  branch: string,
  oid: ObjectId,
  { now, tip = oid }: { readonly now: number; readonly tip?: ObjectId | undefined },
): Promise<Explanation> {
  const commit = parseCommit(await repository.commit(oid));
  const author = findPersonByEmail(policy, commit.author.email);
  const protection = findProtection(policy, branch);
  if (!protection) return { commit, branch, protection, verdict: undefined, author, candidates: [], disputants: [] };
  const seen = await seeUnder(repository, policy, { tip })([commit]);
  for await (const subject of readSubjects(repository, policy, seen)) {
    const verdict = judgeCommit(policy, protection, subject, { branch: branchRef(branch), now });
    const candidates = verdict.requirements.map(({ requirement }) => findCandidates(policy, requirement, commit, now));
    const disputants = verdict.dispute
      ? findCandidates(policy, verdict.dispute.requirement.requirement, commit, now)
      : [];
    return { commit, branch, protection, verdict, author, candidates, disputants };
  }
  throw new Error("a commit has one subject");
}

function findCandidates(policy: Policy, needs: Requirement, commit: Commit, now: number): readonly Person[] {
  const makers = findMakers(commit);
  const made = ({ emails }: Person): boolean => emails.some((email) => makers.has(asciiLowerCase(email)));
  return findAblePeople(policy, needs, now).filter((person) => needs.self || !made(person));
}
