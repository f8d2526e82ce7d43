import type { Policy } from "../policy/policy.ts";
import { defaultAgentIndex } from "../provenance/agent-index.ts";
import { detectProvenance, type MadeCommit } from "../provenance/detect.ts";
import type { AssistanceClass, Provenance } from "../provenance/provenance.ts";
import { agentIndexUnder, provenanceUnder } from "../provenance/under-policy.ts";
import type { Repository } from "../repository.ts";
import { withBroughtBack } from "./brought-back.ts";
import type { Tracer } from "./recorder.ts";
import { type AddRecords, openRecorders, type RecordPlaces } from "./recorders.ts";

/**
 * Traces commits as a policy does: by what they say themselves, by the records of other tools that it has read, and by
 * what they bring back.
 */
export function openTracer(repository: Repository, policy: Policy, places: RecordPlaces): Tracer {
  const index = agentIndexUnder(policy);
  const addRecords = openRecorders(repository, policy, index, places);
  return traceBy(repository, provenanceUnder(policy, index), addRecords, policy.assisted);
}

/** Without a policy nobody says whom to believe: all are asked. */
const EVERYBODY = {
  evidence: { gitAiNotes: true, entireCheckpoints: true, agentTrace: true },
  assisted: new Set<AssistanceClass>(["authored", "suggestion"]),
};

/** Traces commits without a policy, by the records of all other tools too where it is said where those may be. */
export function openPlainTracer(repository: Repository, places?: RecordPlaces): Tracer {
  const addRecords = places && openRecorders(repository, EVERYBODY, defaultAgentIndex(), places);
  return traceBy(repository, detectProvenance, addRecords, EVERYBODY.assisted);
}

function traceBy(
  repository: Repository,
  detect: (commit: MadeCommit) => Provenance,
  addRecords: AddRecords | undefined,
  counted: Iterable<AssistanceClass>,
): Tracer {
  const read: Tracer = async (commits) => {
    const traced = commits.map((commit) => {
      // A message can be long, and a batch full of such.
      repository.throwIfEnded();
      return { commit, provenance: detect(commit) };
    });
    return addRecords ? addRecords(traced) : traced;
  };
  return withBroughtBack(repository, read, counted);
}
