import { detectUnder } from "../judge/judge-commits.ts";
import { readSubjects } from "../judge/read-subjects.ts";
import type { Change } from "../object/change.ts";
import { type Commit, parseCommit } from "../object/commit.ts";
import type { Policy } from "../policy/policy.ts";
import { countsLines } from "../policy/requirement.ts";
import type { Provenance } from "../provenance/provenance.ts";
import type { CommitRange, Repository } from "../repository.ts";
import { landingTime } from "./landing-time.ts";

/** A commit of the past and all that is to be known to judge it by any of several policies. */
export interface LandedCommit {
  readonly commit: Commit;
  /** When it landed, in seconds since 1970. */
  readonly landed: number;
  /** What it tells of its making under each policy, in their order. */
  readonly provenances: readonly Provenance[];
  /** What it changes; empty where that matters to none of the policies. */
  readonly changes: readonly Change[];
  readonly policyChanges: readonly Change[];
}

/** So many commits are in memory at a time, however long the range is. */
const BATCH = 500;

/** Reads the commits of a range for judging them by each of `policies`, the changes once for all. */
export async function* readLanded(
  repository: Repository,
  policies: readonly Policy[],
  range: CommitRange,
  now: number,
): AsyncGenerator<readonly LandedCommit[]> {
  const detectors = policies.map((policy) => detectUnder(policy));
  const reading = policies.find(countsLines) ?? policies[0];
  if (!reading) return;
  let batch: Pick<LandedCommit, "commit" | "landed" | "provenances">[] = [];
  const finish = async (): Promise<readonly LandedCommit[]> => {
    const seen = batch;
    batch = [];
    const read: LandedCommit[] = [];
    const subjects = seen.map(({ commit, provenances }) => ({ commit, provenance: weightiest(provenances) }));
    for await (const { changes, policyChanges } of readSubjects(repository, reading, subjects)) {
      const known = seen[read.length];
      if (known) read.push({ ...known, changes, policyChanges });
    }
    return read;
  };
  for await (const raw of repository.commits(range)) {
    const commit = parseCommit(raw);
    const provenances = detectors.map((detect) => detect(commit));
    batch.push({ commit, landed: landingTime(raw, commit, now), provenances });
    if (batch.length >= BATCH) yield await finish();
  }
  yield await finish();
}

/** The one that makes a commit's changes matter, if any does. */
function weightiest(provenances: readonly Provenance[]): Provenance {
  const found = provenances.find(({ state }) => state === "assisted") ?? provenances[0];
  if (!found) throw new Error("a commit is read for at least one policy");
  return found;
}
