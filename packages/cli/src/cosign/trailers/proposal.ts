import {
  type CommitVerdict,
  CountersignError,
  type ObjectId,
  type SignedLines,
  type UpdateVerdict,
} from "@countersign/core";
import {
  abbreviate,
  findLinesDefect,
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
  type NamedWork,
  type NewTrailer,
  readAffected,
  refuseWorkUnderWay,
  resolveBranchRange,
} from "@countersign/git/internal";
import { countsFor } from "../obstacle.ts";
import { findEnds } from "../range-ends.ts";
import type { CosignOptions } from "../session.ts";
import { findTask, findTaskKey, type Task, withKey } from "../task.ts";
import { type OpenCommit, readWanted, type WantedCommit } from "../wanted-commit.ts";
import { findAlong } from "./along.ts";
import { findKeptMarks } from "./kept-marks.ts";
import { findPublished, type Published } from "./published.ts";

/** Everything that must be known before a person is asked. Nothing has been changed yet. */
export interface Proposal extends Task, Published {
  readonly range: BranchRange;
  /** Parents first. */
  readonly wanted: readonly WantedCommit[];
  /** Merges whose co-signs by others are lost. */
  readonly voided: readonly CommitVerdict[];
  readonly affected: readonly AffectedCommit[];
  /** Marks that commits get, as they would be lost with the old ids. */
  readonly marks: ReadonlyMap<ObjectId, readonly NewTrailer[]>;
  /** Commits that an agent is the committer of. */
  readonly agentCommitters: ReadonlySet<ObjectId>;
}

/** Finds out what there is to co-sign in messages, and how the branch is to be rewritten. */
export async function prepareProposal(
  repository: GitRepository,
  { revision, only }: Pick<NamedWork, "only"> & { readonly revision: string },
  choice: PolicyChoice,
  { key: named, emergency }: Pick<CosignOptions, "key" | "emergency">,
): Promise<Proposal> {
  const range = await resolveBranchRange(repository, revision);
  await refuseWorkUnderWay(repository.context, range.ref);
  const { tip, from } = range;
  const open = await findTask(repository, { choice, tip, from, only, emergency });
  const task = withKey(open, await findTaskKey(repository, [open], { named, mustSign: false }));
  const { verdict, person } = task;
  const along = await findAlong(repository, task, tip);
  const ids = new Set<ObjectId>([...task.wanted, ...along].map(({ commit }) => commit.oid));
  const affected =
    ids.size === 0
      ? []
      : await readAffected(repository, range.tip, await findEnds(repository, choice, range.from), ids);
  const { resigned, voided } = findVoided(verdict, person, affected, ids);
  const order = new Map(affected.map(({ commit }, index) => [commit.oid, index]));
  const inOrder = [...task.wanted, ...along, ...resigned].sort(
    (a, b) => (order.get(a.commit.oid) ?? 0) - (order.get(b.commit.oid) ?? 0),
  );
  const wanted = await readWanted(repository, inOrder);
  const agentCommitters = new Set(
    verdict.judged
      .filter(({ provenance }) =>
        provenance.evidence.some(({ where }) => "role" in where && where.role === "committer"),
      )
      .map(({ commit }) => commit),
  );
  const marks = new Map(verdict.judged.map((judged) => [judged.commit, findKeptMarks(judged)]));
  const pushed = await findPublished(repository, choice, range, affected);
  const proposal = { ...task, ...pushed, range, wanted, voided, affected, marks, agentCommitters };
  for (const item of wanted) refuseDefect(proposal, item);
  return proposal;
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
): { readonly resigned: readonly OpenCommit[]; readonly voided: readonly CommitVerdict[] } {
  const changing = new Set(affected.map(({ commit }) => commit.oid));
  const verdicts = new Map(judged.map((verdict) => [verdict.commit, verdict]));
  const resigned: OpenCommit[] = [];
  const voided: CommitVerdict[] = [];
  for (const { commit } of affected) {
    const verdict = verdicts.get(commit.oid);
    if (!verdict || !commit.parents.slice(1).some((parent) => changing.has(parent))) continue;
    const own = person.emails;
    const served = verdict.requirements.filter((requirement) => countsFor(requirement, person));
    const { emergency } = verdict;
    const urgent = emergency && countsFor(emergency.requirement, person) ? { emergency: emergency.reason } : {};
    if (served.length > 0 && !wanted.has(commit.oid)) resigned.push({ commit, verdict, served, ...urgent });
    const signed = verdict.cosigns.filter(({ proof }) => proof !== "declared");
    if (signed.some(({ email }) => !own.includes(email))) voided.push(verdict);
  }
  return { resigned, voided };
}

/** What the signature of one commit is over, and what its trailer says of that. */
export interface ToSign {
  readonly lines: SignedLines;
  readonly by: SignedBy;
}

/** Its parents may get new ids before the commit is signed. */
export function toSign(
  { choice, signer }: Pick<Proposal, "choice" | "signer">,
  { commit, changes, own, emergency }: WantedCommit,
  time: string,
  newIds: ReadonlyMap<ObjectId, ObjectId>,
): ToSign {
  const { policy } = choice.policy;
  const parents = commit.parents.map((parent) => newIds.get(parent) ?? parent);
  const work = workOf(policy, choice.branch, { commit: { ...commit, parents }, changes, own });
  const base = choice.destination.branches.get(choice.branch);
  const by = { cosigner: signer.email, time, base, authors: signedAuthors(policy, commit) };
  return { by, lines: signedLines(work, by, emergency) };
}

function refuseDefect(proposal: Pick<Proposal, "choice" | "signer">, item: WantedCommit): void {
  const defect = findLinesDefect(toSign(proposal, item, "2000-01-01T00:00:00Z", new Map()).lines);
  if (defect === undefined) return;
  throw new CountersignError("COMMIT_UNFIT", { commits: [`${abbreviate(item.commit.oid)}: ${defect}`] });
}
