import type { Commit } from "../object/commit.ts";
import type { Policy } from "../policy/policy.ts";
import { type AgentIndex, buildAgentIndex, detectProvenance, type MadeCommit } from "../provenance/detect.ts";
import type { Provenance } from "../provenance/provenance.ts";
import type { SeenCommit } from "../records/recorder.ts";
import { openRecorders, type RecordPlaces } from "../records/recorders.ts";
import type { Repository } from "../repository.ts";

/** Tells of each commit, in order, how it was made. */
export type SeeCommits = (commits: readonly Commit[]) => Promise<readonly SeenCommit[]>;

/** Sees commits as a policy does: by what they say themselves, and by the records of other tools that it has read. */
export function seeUnder(repository: Repository, policy: Policy, places: RecordPlaces): SeeCommits {
  const index = agentIndexUnder(policy);
  const detect = detectUnder(policy, index);
  const addRecords = openRecorders(repository, policy, index, places);
  return async (commits) => {
    const seen = commits.map((commit) => ({ commit, provenance: detect(commit) }));
    return addRecords ? addRecords(seen) : seen;
  };
}

/** Detection in commits alone, with the agents, exemptions and classes of a policy. */
export function detectUnder(policy: Policy, index = agentIndexUnder(policy)): (commit: MadeCommit) => Provenance {
  return (commit) => detectProvenance(commit, { index, countAsAssisted: policy.assisted });
}

/** The agents to look for under a policy: the catalogue, its own, and whom it exempts. */
function agentIndexUnder({ agents, exempt }: Policy): AgentIndex {
  return buildAgentIndex({ agents, exempt });
}
