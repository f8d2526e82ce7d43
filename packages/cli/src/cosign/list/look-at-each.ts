import { CountersignError, type Repository, type UpdateVerdict } from "@countersign/core";
import type { PolicyChoice } from "@countersign/core/internal";
import { type GitRepository, NewHistory } from "@countersign/git/internal";
import { judgeBranch } from "../judge-branch.ts";
import { type Candidate, findTarget } from "./candidates.ts";

/** What was found out about one branch, or why it could not be. */
export interface Look<Found> {
  readonly candidate: Candidate;
  readonly found?: Found;
  readonly fault?: CountersignError;
}

/** Judges branches one by one, and asks more of each verdict. One that cannot be read must not hide the others. */
export async function* lookAtEach<Found>(
  repository: GitRepository,
  choice: PolicyChoice,
  candidates: readonly Candidate[],
  ask: (reading: Repository, verdict: UpdateVerdict, candidate: Candidate) => Promise<Found>,
): AsyncGenerator<Look<Found>> {
  const reading = await openHistory(repository, choice, candidates);
  for (const candidate of candidates) {
    try {
      const verdict = await judgeBranch(reading, choice, { from: undefined }, candidate.tip);
      yield { candidate, found: await ask(reading, verdict, candidate) };
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      yield { candidate, fault: error };
    }
  }
}

/** Of a branch that does not exist yet nothing is alike for all. */
async function openHistory(
  repository: GitRepository,
  choice: PolicyChoice,
  candidates: readonly Candidate[],
): Promise<Repository> {
  const target = await findTarget(repository, choice);
  if (!target) return repository;
  const { baseline } = choice.policy.policy;
  return NewHistory.read(repository, { target, tips: candidates.map(({ tip }) => tip), also: baseline });
}
