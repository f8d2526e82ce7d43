import type { Policy } from "../policy/policy.ts";
import { type AgentIndex, buildAgentIndex, detectProvenance, type MadeCommit } from "./detect.ts";
import type { Provenance } from "./provenance.ts";

/** Detection in commits alone, with the agents, exemptions and classes of a policy. */
export function provenanceUnder(policy: Policy, index = agentIndexUnder(policy)): (commit: MadeCommit) => Provenance {
  return (commit) => detectProvenance(commit, { index, countAsAssisted: policy.assisted });
}

/** The agents to look for under a policy: the catalogue, its own, and whom it exempts. */
export function agentIndexUnder({ agents, exempt }: Policy): AgentIndex {
  return buildAgentIndex({ agents, exempt });
}
