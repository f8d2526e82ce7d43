import type { CountersignError } from "@countersign/core";
import { type ExitCode, inBatches, readCommitterTime } from "@countersign/core/internal";
import { readDate, withRepository } from "@countersign/git/internal";
import { escapeLine, formatLogEntry, formatLogLine, type LogEntry, type LogShown, openLog } from "@countersign/report";
import { type CommandContext, print } from "../context.ts";
import { parseCount } from "../count-option.ts";
import { findKnownLedger } from "../judging/known-policy.ts";
import { BranchOfCommits } from "../log/branch-of-commits.ts";
import { chooseCommits } from "../log/choose-commits.ts";
import { LOG_COLUMNS, type LogColumn, readColumns } from "../log/log-columns.ts";
import { filtersAnything, passes, passesUnread } from "../log/log-filter.ts";
import { openPager } from "../output/pager.ts";
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

/** Lists commits with what they tell of their making. Streams: the memory it needs does not grow with the history. */
export function log(context: CommandContext, range: string | undefined, options: LogOptions): Promise<ExitCode> {
  return withRepository(context, async (repository) => {
    const most = parseCount("--max-count", options.maxCount);
    const since = options.since === undefined ? undefined : await readDate(repository, "--since", options.since);
    const onLost = (what: string, fault: CountersignError): void => {
      context.stderr.write(`countersign: without ${escapeLine(what)}, ${fault.code}: ${escapeLine(fault.what)}\n`);
    };
    const chosen = await chooseCommits(repository, range, { ...options, onLost });
    const filter = { author: options.author, agent: options.agent, since, only: chosen.only };
    const filters = filtersAnything(filter);
    const limited = { ...chosen.range, ...(most === undefined || filters ? {} : { most }) };
    const read = openLog(repository, {
      recorded: options.recorders ? { tip: limited.tips[0] } : undefined,
      ledger: await findKnownLedger(repository, options.remote),
      onLost: (fault) => onLost("the ledger", fault),
    });
    const batches = options.recorders
      ? inBatches(repository.commits(limited), ({ bytes }) => bytes.length)
      : repository.commitChunks(limited);
    const terminal = Boolean(context.stdout.isTTY) && options.format === "text";
    const shown = new Set(chooseColumns(options, terminal));
    const branches = shown.has("branch") ? await BranchOfCommits.read(repository) : undefined;
    const format = (entry: LogEntry, more: LogShown): string =>
      options.format === "jsonl"
        ? formatLogLine({ ...entry, ...more })
        : formatLogEntry(entry, { ...more, author: shown.has("author"), terminal, paint: context.paint });
    const pager = terminal ? await openPager(repository.context, context.stdout) : undefined;
    const write = (text: string): Promise<boolean> => pager?.write(text) ?? print(context.stdout, text);
    const progress = showProgress(context.stderr, "commits");
    let text = "";
    let done = 0;
    let left = most ?? Number.POSITIVE_INFINITY;
    for await (const commits of batches) {
      const named = new Map(commits.map((raw) => [raw.oid as string, branches?.of(raw)]));
      const wanted = filters ? commits.filter((raw) => passesUnread(filter, raw)) : commits;
      const entries = wanted.length === 0 ? [] : await read(wanted);
      for (const [index, entry] of entries.entries()) {
        if (left <= 0 || !passes(filter, entry)) continue;
        left -= 1;
        const time = shown.has("date") ? readCommitterTime(wanted[index] as (typeof wanted)[number]) : undefined;
        const branch = named.get(entry.oid);
        text += `${format(entry, { ...(time === undefined ? {} : { time }), ...(branch === undefined ? {} : { branch }) })}\n`;
      }
      done += commits.length;
      if (left <= 0) break;
      if (text.length < CHUNK && !pager) continue;
      progress.at(done);
      if (!(await write(text))) break;
      text = "";
    }
    progress.end();
    const taken = await write(text);
    await pager?.close();
    return taken || pager ? 0 : 2;
  });
}

/** On a terminal people want to know who and when; what programs read stays as it was unless more is asked for. */
function chooseColumns({ show, waiting }: LogOptions, terminal: boolean): readonly LogColumn[] {
  if (show !== undefined) return readColumns(show);
  if (!terminal) return [];
  return waiting ? LOG_COLUMNS : ["author", "date"];
}
