import {
  type Change,
  type Commit,
  type CommitVerdict,
  CountersignError,
  type ObjectId,
  parseCommit,
  type SignedLines,
  type UpdateVerdict,
} from "@countersign/core";
import {
  abbreviate,
  choosePolicy,
  findLinesDefect,
  findOwnChanges,
  findPersonByEmail,
  type JudgedRequirement,
  type OwnChange,
  type Person,
  type PolicyChoice,
  type SignedBy,
  signedAuthors,
  signedLines,
  workOf,
} from "@countersign/core/internal";
import {
  type AffectedCommit,
  type BranchRange,
  type GitRepository,
  type NewTrailer,
  readAffected,
  readSigner,
  refuseWorkUnderWay,
  resolveBranchRange,
  type Signer,
} from "@countersign/git/internal";
import { currentTime } from "../context.ts";
import { policyOptions } from "../judging/judging-options.ts";
import { judgeBranch } from "./judge-branch.ts";
import { findKeptMarks } from "./kept-marks.ts";
import { countsFor, findServed } from "./obstacle.ts";
import { chooseKey, isHardware, type SignersKey } from "./signers-key.ts";

export interface CosignOptions {
  readonly branch?: string;
  readonly remote?: string;
  readonly key?: string;
}

/** A commit that is to be co-signed. */
export interface WantedCommit {
  readonly commit: Commit;
  readonly verdict: CommitVerdict;
  /** The requirements that the co-sign serves. */
  readonly served: readonly JudgedRequirement[];
  /** Against its first parent: what is signed. */
  readonly changes: readonly Change[];
  /** What it does itself, with its lines counted: what is shown. */
  readonly own: readonly (Change | OwnChange)[];
}

/** A commit that needs co-signs of which this person gives none. */
export interface LeftOut {
  readonly verdict: CommitVerdict;
  readonly reason: string;
  readonly given: boolean;
}

/** All that is to be known before a person is asked. Nothing has been changed yet. */
export interface Proposal {
  readonly range: BranchRange;
  readonly choice: PolicyChoice;
  /** How many commits the range adds. */
  readonly commits: number;
  readonly assisted: number;
  readonly isProtected: boolean;
  readonly signer: Signer;
  readonly person: Person;
  /** Undefined where the co-sign is declared alone. */
  readonly key: SignersKey | undefined;
  /** Parents first. */
  readonly wanted: readonly WantedCommit[];
  readonly leftOut: readonly LeftOut[];
  /** Merges whose co-signs by others are lost. */
  readonly voided: readonly CommitVerdict[];
  readonly affected: readonly AffectedCommit[];
  /** Marks that commits get, as they would be lost with the old ids. */
  readonly marks: ReadonlyMap<ObjectId, readonly NewTrailer[]>;
  /** Commits that an agent is the committer of. */
  readonly agentCommitters: ReadonlySet<ObjectId>;
}

/** Finds out what there is to co-sign and whether this person can. */
export async function prepareProposal(
  repository: GitRepository,
  revision: string,
  options: CosignOptions,
): Promise<Proposal> {
  const range = await resolveBranchRange(repository, revision);
  await refuseWorkUnderWay(repository.context, range.ref);
  const choice = await choosePolicy(repository, policyOptions(repository, options));
  const { policy } = choice.policy;
  const verdict = await judgeBranch(repository, choice, range, range.tip);
  const signer = await readSigner(repository.context);
  const person = findPersonByEmail(policy, signer.email);
  if (!person) {
    const { ref, entry } = choice.policy;
    throw new CountersignError("SIGNER_UNKNOWN", { email: signer.email, policy: `${ref}:${entry.path}` });
  }
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\ufffd<>]/u.test(signer.name) || signer.name === "") {
    throw new CountersignError("SIGNER_UNNAMED", { said: "its user.name holds characters that no co-sign can have" });
  }

  const leftOut: LeftOut[] = [];
  let wanted: Omit<WantedCommit, "changes" | "own">[] = [];
  for (const judged of verdict.judged) {
    if (judged.violations.length === 0) continue;
    const commit = parseCommit(await repository.commit(judged.commit));
    const served = findServed(policy, person, commit, judged);
    if ("reason" in served) leftOut.push({ verdict: judged, ...served });
    else wanted.push({ commit, verdict: judged, served });
  }
  const question = { policy, person, email: signer.email, named: options.key, now: currentTime() };
  const declaredIsEnough = wanted.every(({ served }) =>
    served.every(({ requirement: { proof } }) => proof === "declared"),
  );
  const key = wanted.length === 0 ? undefined : await chooseKey(repository.context, { ...question, declaredIsEnough });
  wanted = wanted.flatMap((item) => {
    const served = item.served.filter(
      ({ requirement: { proof } }) => proof === "declared" || (key && (proof === "signed" || isHardware(key))),
    );
    if (served.length > 0) return [{ ...item, served }];
    leftOut.push({ verdict: item.verdict, given: false, reason: "it wants a security key that asks for a touch" });
    return [];
  });

  const ids = new Set<ObjectId>(wanted.map(({ commit }) => commit.oid));
  const affected =
    ids.size === 0 ? [] : await readAffected(repository, range.tip, await findBase(repository, choice, range), ids);
  const { resigned, voided } = findVoided(verdict, person, affected, ids);
  wanted.push(...resigned);
  const isProtected = verdict.branch !== undefined;
  const order = new Map(affected.map(({ commit }, index) => [commit.oid, index]));
  wanted.sort((a, b) => (order.get(a.commit.oid) ?? 0) - (order.get(b.commit.oid) ?? 0));
  const complete = await withChanges(repository, wanted);
  const { commits, assisted } = verdict;
  const agentCommitters = new Set(
    verdict.judged
      .filter(({ provenance }) =>
        provenance.evidence.some(({ where }) => "role" in where && where.role === "committer"),
      )
      .map(({ commit }) => commit),
  );
  const marks = new Map(verdict.judged.map((judged) => [judged.commit, findKeptMarks(judged)]));
  const found = { range, choice, commits, assisted, isProtected, agentCommitters, marks };
  const proposal = { ...found, signer, person, key, leftOut, voided, affected };
  for (const item of complete) refuseDefect(proposal, item);
  return { ...proposal, wanted: complete };
}

/**
 * A merge's signature names its other parents; where one of those gets a new id, it holds no more. The person's own is
 * made again together with the rest.
 */
function findVoided(
  { judged }: UpdateVerdict,
  person: Person,
  affected: readonly AffectedCommit[],
  wanted: ReadonlySet<ObjectId>,
): { readonly resigned: readonly Omit<WantedCommit, "changes" | "own">[]; readonly voided: readonly CommitVerdict[] } {
  const changing = new Set(affected.map(({ commit }) => commit.oid));
  const verdicts = new Map(judged.map((verdict) => [verdict.commit, verdict]));
  const resigned: Omit<WantedCommit, "changes" | "own">[] = [];
  const voided: CommitVerdict[] = [];
  for (const { commit } of affected) {
    const verdict = verdicts.get(commit.oid);
    if (!verdict || !commit.parents.slice(1).some((parent) => changing.has(parent))) continue;
    const own = person.emails;
    const served = verdict.requirements.filter((requirement) => countsFor(requirement, person));
    if (served.length > 0 && !wanted.has(commit.oid)) resigned.push({ commit, verdict, served });
    const signed = verdict.cosigns.filter(({ proof }) => proof !== "declared");
    if (signed.some(({ email }) => !own.includes(email))) voided.push(verdict);
  }
  return { resigned, voided };
}

/** What is there already need not be read: nothing that comes after a new commit is among it. */
async function findBase(
  repository: GitRepository,
  { destination, branch, policy }: PolicyChoice,
  { from }: BranchRange,
): Promise<readonly ObjectId[]> {
  const ends = [from ?? destination.branches.get(branch), policy.policy.baseline];
  const known = await Promise.all(ends.map((oid) => oid && repository.peelToCommit(oid)));
  return known.filter((oid) => oid !== undefined);
}

async function withChanges(
  repository: GitRepository,
  wanted: readonly Omit<WantedCommit, "changes" | "own">[],
): Promise<readonly WantedCommit[]> {
  const complete: WantedCommit[] = [];
  let index = 0;
  const commits = wanted.map(({ commit }) => commit);
  for await (const { changes } of repository.changes(commits, { lines: true })) {
    const item = wanted[index] as WantedCommit;
    const isMerge = item.commit.parents.length > 1;
    const own = isMerge ? await findOwnChanges(repository, item.commit, { lines: true }) : changes;
    complete.push({ ...item, changes, own });
    index += 1;
  }
  return complete;
}

/** What the signature of one commit is over, and what its trailer says of that. */
export interface ToSign {
  readonly lines: SignedLines;
  readonly by: SignedBy;
}

/** Its parents may get new ids before the commit is signed. */
export function toSign(
  { choice, signer }: Pick<Proposal, "choice" | "signer">,
  { commit, changes, own }: WantedCommit,
  time: string,
  newIds: ReadonlyMap<ObjectId, ObjectId>,
): ToSign {
  const { policy } = choice.policy;
  const parents = commit.parents.map((parent) => newIds.get(parent) ?? parent);
  const work = workOf(policy, choice.branch, { commit: { ...commit, parents }, changes, own });
  const base = choice.destination.branches.get(choice.branch);
  const by = { cosigner: signer.email, time, base, authors: signedAuthors(policy, commit) };
  return { by, lines: signedLines(work, by) };
}

function refuseDefect(proposal: Pick<Proposal, "choice" | "signer">, item: WantedCommit): void {
  const defect = findLinesDefect(toSign(proposal, item, "2000-01-01T00:00:00Z", new Map()).lines);
  if (defect === undefined) return;
  throw new CountersignError("COMMIT_UNFIT", { commits: [`${abbreviate(item.commit.oid)}: ${defect}`] });
}
