import { type CommitRange, CountersignError, type ObjectId } from "@countersign/core";
import { type ExitCode, inBatches, resolveRange } from "@countersign/core/internal";
import { type GitRepository, withRepository } from "@countersign/git/internal";
import { escapeLine, formatLogEntry, formatLogLine, type LogEntry, openLog } from "@countersign/report";
import { type CommandContext, print } from "../context.ts";
import { parseCount } from "../count-option.ts";
import { findKnownLedger } from "../judging/known-ledger.ts";
import { showProgress } from "../output/progress.ts";

export interface LogOptions {
  readonly all?: boolean;
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
    const chosen = await chooseRange(repository, range, options);
    const all = { ...chosen, ...(most === undefined ? {} : { most }) };
    const read = openLog(repository, {
      recorded: options.recorders ? { tip: chosen.tips[0] } : undefined,
      ledger: await findKnownLedger(repository, options.remote),
      onLost: ({ code, what }) =>
        context.stderr.write(`countersign: without the ledger, ${code}: ${escapeLine(what)}\n`),
    });
    const batches = options.recorders
      ? inBatches(repository.commits(all), ({ bytes }) => bytes.length)
      : repository.commitChunks(all);
    const progress = showProgress(context.stderr, "commits");
    const format =
      options.format === "jsonl" ? formatLogLine : (entry: LogEntry) => formatLogEntry(entry, context.paint);
    let text = "";
    let done = 0;
    for await (const commits of batches) {
      for (const entry of await read(commits)) text += `${format(entry)}\n`;
      done += commits.length;
      if (text.length < CHUNK) continue;
      progress.at(done);
      if (!(await print(context.stdout, text))) return 2;
      text = "";
    }
    progress.end();
    return (await print(context.stdout, text)) ? 0 : 2;
  });
}

async function chooseRange(
  repository: GitRepository,
  range: string | undefined,
  { all }: LogOptions,
): Promise<CommitRange> {
  if (all && range !== undefined) {
    throw new CountersignError("OPTION_INVALID", { option: "--all", problem: "it cannot be combined with a range" });
  }
  if (!all) {
    const { from, to } = await resolveRange(repository, range ?? "HEAD");
    return { tips: [to], exclude: from ? [from] : [] };
  }
  const tips = new Set<ObjectId>();
  const peeled = (await repository.refs("refs")).map(({ oid }) => repository.peelToCommit(oid));
  for (const commit of await Promise.all(peeled)) if (commit) tips.add(commit);
  return { tips: [...tips], exclude: [] };
}
