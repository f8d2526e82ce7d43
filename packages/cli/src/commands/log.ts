import type { CountersignError } from "@countersign/core";
import { type ExitCode, inBatches, readCommitterTime } from "@countersign/core/internal";
import { type GitRepository, readDate, withRepository } from "@countersign/git/internal";
import { escapeLine, formatLogEntry, formatLogLine, type LogEntry, type LogShown, openLog } from "@countersign/report";
import type { CommandContext } from "../context.ts";
import { parseCount } from "../count-option.ts";
import { findKnownLedger } from "../judging/known-policy.ts";
import { BranchOfCommits } from "../log/branch-of-commits.ts";
import { chooseCommits } from "../log/choose-commits.ts";
import { LOG_COLUMNS, type LogColumn, readColumns } from "../log/log-columns.ts";
import { filtersAnything, passesTraced, passesUntraced } from "../log/log-filter.ts";
import { LongOutput } from "../output/long-output.ts";
import { showProgress } from "../output/progress.ts";

export interface LogOptions {
  readonly all?: boolean;
  readonly waiting?: boolean;
  readonly author?: string;
  readonly agent?: string;
  readonly since?: string;
  readonly show?: readonly string[];
  readonly maxCount?: string;
  /** Whether to read other recorders too. */
  readonly recorders?: boolean;
  /** Whose ledger to read. */
  readonly remote?: string;
  readonly format: "text" | "jsonl";
}

/** So much text is written at once: a write a line would cost more than all the reading. */
const CHUNK = 64 * 1024;

/** Lists commits with what they say of how they were made. Streams: the memory it needs does not grow with the history. */
export async function log(context: CommandContext, range: string | undefined, options: LogOptions): Promise<ExitCode> {
  const output = new LongOutput(context, Boolean(context.stdout.isTTY) && options.format === "text");
  try {
    const isTaken = await withRepository(context, (repository) => list(context, repository, range, options, output));
    return isTaken || output.isPaged ? 0 : 2;
  } catch (error) {
    if (output.wasInterrupted) return 0;
    throw error;
  } finally {
    await output.close();
  }
}

/** Writes the list as it is read. Whether someone read it to its end. */
async function list(
  context: CommandContext,
  repository: GitRepository,
  range: string | undefined,
  options: LogOptions,
  output: LongOutput,
): Promise<boolean> {
  const most = parseCount("--max-count", options.maxCount);
  const since = options.since === undefined ? undefined : await readDate(repository, "--since", options.since);
  const onLost = (what: string, fault: CountersignError): void => {
    context.stderr.write(`countersign: without ${escapeLine(what)}, ${fault.code}: ${escapeLine(fault.what)}\n`);
  };
  const chosen = await chooseCommits(context, repository, range, { ...options, onLost });
  const filter = { author: options.author, agent: options.agent, since, only: chosen.only };
  const filters = filtersAnything(filter);
  const limited = { ...chosen.range, ...(most === undefined || filters ? {} : { most }) };
  const ledger = await findKnownLedger(repository, options.remote);
  const recorded = options.recorders ? { tip: limited.tips[0] } : undefined;
  const read = openLog(repository, { recorded, ledger, onLost: (fault) => onLost("the ledger", fault) });
  // What stands beside the messages is asked for many commits at once.
  const batches =
    recorded || ledger
      ? inBatches(repository.commits(limited), ({ bytes }) => bytes.length)
      : repository.commitChunks(limited);
  const shown = new Set(chooseColumns(options, output.isPaged));
  const branches = shown.has("branch") ? await BranchOfCommits.read(repository) : undefined;
  const format = (entry: LogEntry, more: LogShown): string =>
    options.format === "jsonl"
      ? formatLogLine({ ...entry, ...more })
      : formatLogEntry(entry, { ...more, author: shown.has("author"), terminal: output.isPaged, paint: context.paint });
  const progress = showProgress(context.stderr, "commits");
  let text = "";
  let done = 0;
  let left = most ?? Number.POSITIVE_INFINITY;
  for await (const commits of batches) {
    const named = branches && new Map(commits.map((raw) => [raw.oid as string, branches.of(raw)]));
    const wanted = filters ? commits.filter((raw) => passesUntraced(filter, raw)) : commits;
    const entries = wanted.length === 0 ? [] : await read(wanted);
    for (const [index, entry] of entries.entries()) {
      if (left <= 0 || !passesTraced(filter, entry)) continue;
      left -= 1;
      const time = shown.has("date") ? readCommitterTime(wanted[index] as (typeof wanted)[number]) : undefined;
      const branch = named?.get(entry.oid);
      text += `${format(entry, { ...(time === undefined ? {} : { time }), ...(branch === undefined ? {} : { branch }) })}\n`;
    }
    done += commits.length;
    if (left <= 0) break;
    // The screen is the pager's from its first line on.
    if (output.isPaged && text !== "") progress.end();
    progress.at(done);
    if (output.isPaged ? text === "" : text.length < CHUNK) continue;
    if (!(await output.write(text))) return false;
    text = "";
  }
  progress.end();
  return text === "" || output.write(text);
}

/** On a terminal people want to know who and when; what programs read stays as it was unless more is asked for. */
function chooseColumns({ show, waiting }: LogOptions, terminal: boolean): readonly LogColumn[] {
  if (show !== undefined) return readColumns(show);
  if (!terminal) return [];
  return waiting ? LOG_COLUMNS : ["author", "date"];
}
