import {
  type CountersignError,
  isCountersignError,
  parseCommit,
  type RawCommit,
  type Repository,
} from "@countersign/core";
import {
  type LedgerClaims,
  type LedgerTrace,
  openPlainTracer,
  type RecordPlaces,
  type TracedCommit,
  traceInLedger,
} from "@countersign/core/internal";
import { logEntryOf } from "./log-entry.ts";
import type { LogEntry } from "./log-entry-schema.ts";

/** What says more of commits than their messages. */
export interface LogSources {
  /** Where other recorders may hold something. */
  readonly recorded?: RecordPlaces | undefined;
  readonly ledger?: LedgerClaims | undefined;
  /** Called once where the ledger cannot be read; it is left out from there on. */
  readonly onLost?: (fault: CountersignError) => void;
}

/** Reads commits as the log shows them. */
export function openLog(
  repository: Repository,
  { recorded, ledger, onLost }: LogSources = {},
): (commits: readonly RawCommit[]) => Promise<readonly LogEntry[]> {
  const trace = openPlainTracer(repository, recorded);
  let open = ledger;
  const withClaims = async (traced: readonly TracedCommit[]): Promise<readonly LedgerTrace[]> => {
    try {
      if (open) return await traceInLedger(repository, open, traced);
    } catch (error) {
      if (!isCountersignError(error)) throw error;
      open = undefined;
      onLost?.(error);
    }
    return traced.map((one) => ({ ...one, claims: [] }));
  };
  return async (commits) => {
    const traced = await withClaims(await trace(commits.map(parseCommit)));
    return traced.map((one, index) => logEntryOf(commits[index] as RawCommit, one));
  };
}
