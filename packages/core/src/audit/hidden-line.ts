import { readWorkOf, type WorkOf } from "../cosign/authors.ts";
import { decide } from "../judge/decide/decide.ts";
import type { CommitVerdict } from "../judge/decide/verdict.ts";
import { violationsOf } from "../judge/decision.ts";
import type { Case } from "../judge/gather/case.ts";
import { readOwnWork } from "../judge/gather/own-work.ts";
import { isRemedy } from "../judge/landing-time.ts";
import { nameEntries } from "../judge/merged-policy.ts";
import { readSpokenFor } from "../judge/relate/read-claims.ts";
import { NO_RELATIONS } from "../judge/relate/relations.ts";
import { type Commit, parseCommit } from "../object/commit.ts";
import type { ObjectId } from "../object/oid.ts";
import { subjectLine } from "../object/subject-line.ts";
import { lineRequirement } from "../policy/commit-requirements.ts";
import type { PolicyInForce } from "../policy/in-force.ts";
import { findProtection, type Policy, type Protection } from "../policy/policy.ts";
import { POLICY_FILES } from "../policy/policy-files.ts";
import type { AuthorRole } from "../provenance/authors.ts";
import { provenanceUnder } from "../provenance/under-policy.ts";
import type { Repository } from "../repository.ts";
import { judgeAsPush } from "./judge-as-push.ts";
import type { LandingPlace } from "./landing-place.ts";
import type { PastLanding } from "./line/past-landing.ts";
import type { PastPolicies, PastTerms } from "./past-policies.ts";

/** A merge that hides the line of its branch, as people co-sign it afterwards. */
export interface HiddenLine {
  /** Turned the right way round: its first parent is where the branch stood. */
  readonly merge: Commit;
  /** By which it is asked for. */
  readonly policy: PolicyInForce;
  /** Whose work it brought, and who made it. */
  readonly work: WorkOf;
  readonly verdict: CommitVerdict;
}

/** A landing that hides the line of its branch. */
export type HidingLanding = PastLanding & { readonly at: { readonly parent: ObjectId } };

/**
 * Asks each policy that may speak for the branch whether a merge that hides its line is co-signed by now, with all that it
 * brought; gives what the first of them still asks. `open` is false if none asks anything any more.
 */
export async function judgeHiddenLine(
  repository: Repository,
  place: LandingPlace,
  landing: HidingLanding,
  policies: PastPolicies,
): Promise<{ readonly open: boolean; readonly hidden?: HiddenLine }> {
  const askers = await findAskers(repository, place, landing, policies);
  for (const asker of askers) {
    const hidden = await judgeTurned(repository, landing, asker);
    if (hidden.verdict.violations.length > 0) return { open: true, hidden };
    const brought = await judgeAsPush(repository, { ...place, trial: asker.trial }, landing, asker.terms);
    if (violationsOf(brought).length > 0 || brought.faults.length > 0) return { open: true, hidden };
  }
  // Where nobody can be asked, nobody has agreed.
  return { open: askers.length === 0 };
}

/** A policy that protects the branch. */
interface Asker {
  readonly terms: PastTerms;
  readonly policy: PolicyInForce;
  readonly protection: Protection;
  /** Whether it did not stand there then, so that nothing can have changed it. */
  readonly trial: boolean;
}

/**
 * The policy where the branch stood. That is what a message says, which may lie: then the branch is the first parent, whose
 * policy is asked as well. It is not where it once stood on the line behind the merge: whatever changed it there since was
 * judged. Where neither protects the branch, today's policy does.
 */
async function findAskers(
  repository: Repository,
  { branch, trial }: LandingPlace,
  landing: HidingLanding,
  policies: PastPolicies,
): Promise<readonly Asker[]> {
  const asks = (terms: PastTerms | undefined, isTried = trial): readonly Asker[] => {
    const { policy, doubt } = terms ?? {};
    if (doubt?.mayProtect(branch)) throw doubt.fault;
    const protection = policy && findProtection(policy.policy, branch);
    return terms && policy && protection ? [{ terms, policy, protection, trial: isTried }] : [];
  };
  const { at, before } = landing;
  const [first = at.parent] = parseCommit(await repository.commit(at.commit)).parents;
  const entries = await repository.rootEntries(first, POLICY_FILES);
  const name = nameEntries(entries);
  const isKnown = name === nameEntries(before) || (await hasStood(repository, landing, { first, name }));
  const there = isKnown ? undefined : await policies.before({ at: { ...at, parent: first }, before: entries });
  const found = [...asks(await policies.before(landing)), ...asks(there)];
  return found.length > 0 ? found : asks(policies.current, true);
}

/** Whether the policy of the first parent, by its name, stood on the branch where their lines parted. */
async function hasStood(
  repository: Repository,
  { at, index, line }: HidingLanding,
  { first, name }: { readonly first: ObjectId; readonly name: string },
): Promise<boolean> {
  const bases = line.placesOf(new Set(await repository.mergeBases(at.parent, first)));
  for (const [base, place] of bases) {
    if (place < index && nameEntries(await repository.rootEntries(base, POLICY_FILES)) === name) return true;
  }
  return false;
}

/** What a policy asks of the merge itself, turned round. Only what was signed since counts. */
async function judgeTurned(
  repository: Repository,
  { at, landed, now }: HidingLanding,
  { terms, policy: inForce, protection }: Asker,
): Promise<HiddenLine> {
  const { policy } = inForce;
  const { parent } = at;
  const stored = parseCommit(await repository.commit(at.commit));
  const merge = { ...stored, parents: [parent, ...stored.parents.filter((oid) => oid !== parent)] };
  const claims = [];
  for await (const spoken of readSpokenFor(repository, [merge]))
    claims.push(...((await terms.ledger?.of(spoken)) ?? []));
  const work = await readBrought(repository, policy, at);
  const of: Case = {
    summary: { commit: merge.oid, subject: subjectLine(merge), provenance: provenanceUnder(policy)(merge) },
    ...work,
    asks: [{ requirement: lineRequirement(policy, protection), rules: [], why: "assisted" }],
    claims: claims.filter((claim) => isRemedy(claim, { stood: parent, there: landed })),
    denials: [],
    breaches: [],
    mismatches: [],
    refused: [],
  };
  const [verdict] = decide(policy, [of], NO_RELATIONS, () => now);
  if (!verdict) throw new Error("a case has a verdict");
  return { merge, policy: inForce, work, verdict };
}

/** Whose work a landing brought, and who made its merge: none of them has looked at it from outside. */
async function readBrought(repository: Repository, policy: Policy, at: HidingLanding["at"]): Promise<WorkOf> {
  const [authors, makers] = [new Map<string, AuthorRole>(), new Map<string, AuthorRole>()];
  for await (const raw of repository.commits({ tips: [at.commit], exclude: [at.parent] })) {
    const commit = parseCommit(raw);
    if (commit.oid !== at.commit && (await readOwnWork(repository, commit, [])).mechanical) continue;
    const work = readWorkOf(policy, commit);
    for (const [email, role] of work.authors) authors.set(email, role);
    for (const [email, role] of work.makers) makers.set(email, role);
  }
  return { authors, makers };
}
