import { inBatches } from "../batches.ts";
import { type CommitReading, type FactNeeds, readFacts } from "../judge/gather/facts.ts";
import { landingTime } from "../judge/landing-time.ts";
import { parseCommit } from "../object/commit.ts";
import type { Policy } from "../policy/policy.ts";
import type { Provenance } from "../provenance/provenance.ts";
import { openTracer } from "../records/tracer.ts";
import type { CommitRange, Repository } from "../repository.ts";

/** A commit of the past and all that is to be known to judge it by any of several policies. */
export interface LandedCommit extends Omit<CommitReading, "provenance"> {
  /** When it landed, in seconds since 1970. */
  readonly landed: number;
  /** What is known of its making under each policy, in their order. */
  readonly provenances: readonly Provenance[];
}

/** Reads the commits of a range for judging them by each of `policies`, the changes once for all. */
export async function* readLanded(
  repository: Repository,
  policies: readonly Policy[],
  range: CommitRange,
  now: number,
): AsyncGenerator<LandedCommit> {
  const tracers = policies.map((policy) => openTracer(repository, policy, { tip: range.tips[0] }));
  for await (const batch of inBatches(repository.commits(range), ({ bytes }) => bytes.length)) {
    const parsed = batch.map((raw) => ({ raw, commit: parseCommit(raw) }));
    const commits = parsed.map(({ commit }) => commit);
    const times = parsed.map(({ raw, commit }) => landingTime(raw, commit, now));
    const made: Provenance[][] = commits.map(() => []);
    for (const trace of tracers) {
      for (const [index, { provenance }] of (await trace(commits)).entries()) made[index]?.push(provenance);
    }
    const traced = commits.map((commit, index) => ({ commit, provenance: weightiest(made[index] ?? []) }));
    let index = 0;
    for await (const { provenance: _, ...facts } of readFacts(repository, needsOf(policies), traced)) {
      yield { ...facts, landed: times[index] ?? now, provenances: made[index] ?? [] };
      index += 1;
    }
  }
}

/** What any of the policies asks about, so that it is read for all of them. */
function needsOf(policies: readonly Policy[]): FactNeeds {
  const required = policies.some(({ disclosure }) => disclosure === "required");
  return { rules: policies.flatMap(({ rules }) => rules), disclosure: required ? "required" : "optional" };
}

/** The one that makes a commit's changes matter, if any does. */
function weightiest(provenances: readonly Provenance[]): Provenance {
  const found = provenances.find(({ state }) => state === "assisted") ?? provenances[0];
  if (!found) throw new Error("a commit is read for at least one policy");
  return found;
}
