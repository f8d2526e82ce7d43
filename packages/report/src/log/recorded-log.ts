import { detectProvenance, type ObjectId, parseCommit, type RawCommit, type Repository } from "@countersign/core";
import { defaultAgentIndex, openRecorders } from "@countersign/core/internal";
import { logEntryOfSeen } from "./log-entry.ts";
import type { LogEntry } from "./log-entry-schema.ts";

/** Without a policy nobody says whom to believe: all are asked. */
const ALL = { gitAiNotes: true, entireCheckpoints: true, agentTrace: true };

/** Reads commits as the log tells them, with what other recorders hold. `tip`: the commit that has the latest records. */
export function openRecordedLog(
  repository: Repository,
  tip: ObjectId | undefined,
): (commits: readonly RawCommit[]) => Promise<readonly LogEntry[]> {
  const assisted = new Set(["authored", "suggestion"] as const);
  const addRecords = openRecorders(repository, { evidence: ALL, assisted }, defaultAgentIndex(), { tip });
  return async (commits) => {
    const seen = commits.map(parseCommit).map((commit) => ({ commit, provenance: detectProvenance(commit) }));
    const recorded = addRecords ? await addRecords(seen) : seen;
    return recorded.map((one, index) => logEntryOfSeen(commits[index] as RawCommit, one));
  };
}
