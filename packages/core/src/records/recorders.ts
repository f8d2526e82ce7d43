import type { ObjectId } from "../object/oid.ts";
import type { Policy } from "../policy/policy.ts";
import type { AgentIndex } from "../provenance/agent-index.ts";
import { concludeProvenance } from "../provenance/detect.ts";
import type { Evidence } from "../provenance/provenance.ts";
import type { RefUpdate } from "../ref.ts";
import type { Repository } from "../repository.ts";
import { AgentTrace } from "./agent-trace.ts";
import { EntireCheckpoints } from "./entire-checkpoints.ts";
import { GitAiNotes } from "./git-ai-notes.ts";
import type { Recorder, TracedCommit } from "./recorder.ts";

/** Where records may be, apart from the repository's own refs. */
export interface RecordPlaces {
  /** The commit whose tree holds the latest records. */
  readonly tip: ObjectId | undefined;
  /** The updates that are about to happen. */
  readonly pushed?: readonly RefUpdate[];
}

/** Unites what commits say of themselves with what is recorded about them. */
export type AddRecords = (traced: readonly TracedCommit[]) => Promise<readonly TracedCommit[]>;

/** What the refs of one push are judged by, which may be thousands: the notes, and the checkpoints, are found once. */
const ofPushes = new WeakMap<readonly RefUpdate[], Map<AgentIndex, readonly Recorder[]>>();

function openShared(
  repository: Repository,
  { gitAiNotes, entireCheckpoints }: Policy["evidence"],
  index: AgentIndex,
  pushed: readonly RefUpdate[],
): readonly Recorder[] {
  const ofPush = ofPushes.get(pushed) ?? new Map<AgentIndex, readonly Recorder[]>();
  ofPushes.set(pushed, ofPush);
  const shared = ofPush.get(index) ?? [
    ...(gitAiNotes ? [new GitAiNotes(repository, index, pushed)] : []),
    ...(entireCheckpoints ? [new EntireCheckpoints(repository, index)] : []),
  ];
  ofPush.set(index, shared);
  return shared;
}

/** Opens the recorders that a policy has read; undefined if it asks for none, so that nothing is paid for them. */
export function openRecorders(
  repository: Repository,
  { evidence, assisted }: Pick<Policy, "evidence" | "assisted">,
  index: AgentIndex,
  { tip, pushed = [] }: RecordPlaces,
): AddRecords | undefined {
  const recorders: readonly Recorder[] = [
    ...openShared(repository, evidence, index, pushed),
    ...(evidence.agentTrace ? [new AgentTrace(repository, index, tip)] : []),
  ];
  return recorders.length === 0 ? undefined : (traced) => addRecords(recorders, assisted, traced);
}

async function addRecords(
  recorders: readonly Recorder[],
  countAsAssisted: Policy["assisted"],
  traced: readonly TracedCommit[],
): Promise<readonly TracedCommit[]> {
  // Nothing can be said about a malformed commit: its readers disagree on its parents and its message.
  const sound = traced.filter(({ commit }) => commit.malformed === undefined);
  const found = new Map<ObjectId, Evidence[]>();
  for (const recorder of recorders) {
    for await (const { commit, evidence } of recorder.read(sound)) {
      found.set(commit, [...(found.get(commit) ?? []), ...evidence]);
    }
  }
  return traced.map(({ commit, provenance }) => {
    const recorded = found.get(commit.oid);
    if (!recorded) return { commit, provenance };
    const evidence = [...provenance.evidence, ...recorded];
    return { commit, provenance: concludeProvenance(evidence, { countAsAssisted }) };
  });
}
