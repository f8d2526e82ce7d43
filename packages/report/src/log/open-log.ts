import { parseCommit, type RawCommit, type Repository } from "@countersign/core";
import { openPlainTracer, type RecordPlaces } from "@countersign/core/internal";
import { logEntryOf } from "./log-entry.ts";
import type { LogEntry } from "./log-entry-schema.ts";

/** Reads commits as the log shows them; with what other recorders hold, where it is said where that may be. */
export function openLog(
  repository: Repository,
  recorded?: RecordPlaces,
): (commits: readonly RawCommit[]) => Promise<readonly LogEntry[]> {
  const trace = openPlainTracer(repository, recorded);
  return async (commits) => {
    const traced = await trace(commits.map(parseCommit));
    return traced.map((one, index) => logEntryOf(commits[index] as RawCommit, one));
  };
}
