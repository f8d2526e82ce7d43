import type { Commit } from "../object/commit.ts";
import type { Policy } from "../policy/policy.ts";
import { agentIndexUnder, provenanceUnder } from "../provenance/under-policy.ts";
import type { Repository } from "../repository.ts";
import type { TracedCommit } from "./recorder.ts";
import { openRecorders, type RecordPlaces } from "./recorders.ts";

/** Finds out of each commit, in order, how it was made. */
export type Tracer = (commits: readonly Commit[]) => Promise<readonly TracedCommit[]>;

/** Traces commits as a policy does: by what they say themselves, and by the records of other tools that it has read. */
export function openTracer(repository: Repository, policy: Policy, places: RecordPlaces): Tracer {
  const index = agentIndexUnder(policy);
  const detect = provenanceUnder(policy, index);
  const addRecords = openRecorders(repository, policy, index, places);
  return async (commits) => {
    const traced = commits.map((commit) => ({ commit, provenance: detect(commit) }));
    return addRecords ? addRecords(traced) : traced;
  };
}
