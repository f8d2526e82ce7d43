import type { Policy } from "../policy/policy.ts";
import { defaultAgentIndex } from "./agent-index.ts";
import { type AgentIndex, buildAgentIndex, concludeProvenance, type MadeCommit, readEvidence } from "./detect.ts";
import { fewSigns } from "./few-signs.ts";
import type { Provenance } from "./provenance.ts";

/** Detection in commits alone, with the agents, exemptions and classes of a policy: as few signs of it as are shown. */
export function provenanceUnder(policy: Policy, index = agentIndexUnder(policy)): (commit: MadeCommit) => Provenance {
  const counted = { countAsAssisted: policy.assisted };
  return (commit) => concludeProvenance(fewSigns(readEvidence(commit, index)), counted);
}

/** By policy: a push of thousands of refs asks for each of them. */
const indexes = new WeakMap<Policy, AgentIndex>();

/** The agents to look for under a policy: the catalogue, its own, and whom it exempts. */
export function agentIndexUnder(policy: Policy): AgentIndex {
  const { agents, exempt } = policy;
  // Most policies leave the catalogue as it is.
  if (agents.length === 0 && exempt.size === 0) return defaultAgentIndex();
  const index = indexes.get(policy) ?? buildAgentIndex({ agents, exempt });
  indexes.set(policy, index);
  return index;
}
