import type { ObjectId, Repository, UpdateVerdict } from "@countersign/core";
import {
  findAblePeople,
  findProtection,
  firstOfEach,
  groupBy,
  type Person,
  type PolicyChoice,
  readCommitterTime,
} from "@countersign/core/internal";
import { findWhole, type GitContext, type GitRepository } from "@countersign/git/internal";
import type { WaitingBranch, WaitingList } from "@countersign/report";
import { currentTime } from "../../context.ts";
import { findOpen } from "../task.ts";
import type { OpenCommit } from "../wanted-commit.ts";
import { type Candidate, findCandidates } from "./candidates.ts";
import { lookAtEach } from "./look-at-each.ts";

/** What is found for one branch that work lands on. */
export type Found = Pick<WaitingList, "unprotected" | "looked" | "branches" | "undecided">;

/** Judges each branch that has something new, and keeps those that a person could help by a co-sign. */
export async function findWaiting(
  repository: GitRepository,
  choice: PolicyChoice,
  person: Person,
  progress: (done: number) => void,
): Promise<Found> {
  const { branch: target, policy } = choice;
  if (!findProtection(policy.policy, target)) return { unprotected: [target], looked: 0, branches: [], undecided: [] };
  const candidates = await findCandidates(repository, choice);
  const branches: WaitingBranch[] = [];
  const undecided: WaitingList["undecided"][number][] = [];
  let done = 0;
  const looks = lookAtEach(repository, choice, candidates, (reading, verdict, candidate) =>
    describe(reading, repository.context, choice, person, candidate, verdict),
  );
  for await (const { candidate, found, fault } of looks) {
    if (found) branches.push(found);
    if (fault) undecided.push({ ref: candidate.ref, target, fault });
    done += 1;
    progress(done);
  }
  return { unprotected: [], looked: candidates.length, branches, undecided };
}

/** What waits in a branch for a person; undefined if they could not help by a co-sign. */
async function describe(
  repository: Repository,
  context: GitContext,
  choice: PolicyChoice,
  person: Person,
  { ref, tip }: Candidate,
  verdict: UpdateVerdict,
): Promise<WaitingBranch | undefined> {
  const { policy } = choice.policy;
  const now = currentTime();
  const open = (await findOpen(repository, policy, person, verdict)).open.flatMap((item) => {
    const served = item.served.filter(({ requirement }) => findAblePeople(policy, requirement, now).includes(person));
    return served.length > 0 ? [{ ...item, served }] : [];
  });
  if (open.length === 0) return undefined;
  const cosigns = open.flatMap(({ verdict: { cosigns } }) => cosigns.filter(({ refused }) => refused === undefined));
  return {
    ref,
    tip,
    target: choice.branch,
    updated: readCommitterTime(await repository.commit(tip)) ?? 0,
    authors: firstOfEach(open, ({ commit }) => commit.author.email).map(({ commit }) => commit.author),
    agents: [...new Set(open.flatMap(({ verdict: { provenance } }) => provenance.agents))].sort(),
    commits: verdict.commits,
    waiting: open.length,
    size: await measure(repository, context, tip, choice.destination.branches.get(choice.branch)),
    needs: needsOf(open),
    signed: firstOfEach(cosigns, ({ email }) => email).map(({ email, proof }) => ({ email, proof })),
  };
}

async function measure(
  repository: Repository,
  context: GitContext,
  tip: ObjectId,
  target: ObjectId | undefined,
): Promise<WaitingBranch["size"]> {
  const { whole } = await findWhole(repository, context, { tip, from: undefined }, target);
  if (!whole) return undefined;
  const sum = (which: "added" | "deleted"): number =>
    whole.changes.reduce((lines, change) => lines + (change.lines?.[which] ?? 0), 0);
  return { files: whole.changes.length, added: sum("added"), deleted: sum("deleted") };
}

/** Each kind of requirement once, with the most people that one of the commits still asks for. */
function needsOf(open: readonly OpenCommit[]): WaitingBranch["needs"] {
  const needs = open.flatMap(({ served }) =>
    served.map(({ requirement, by }) => ({ requirement, missing: Math.max(0, requirement.count - by.length) })),
  );
  const kinds = groupBy(needs, ({ requirement }) => JSON.stringify(requirement));
  return [...kinds.values()].flatMap((same) => [...same].sort((a, b) => b.missing - a.missing).slice(0, 1));
}
