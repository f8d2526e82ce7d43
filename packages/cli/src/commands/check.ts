import { CountersignError, type Decision } from "@countersign/core";
import {
  choosePolicy,
  EXIT_CODES,
  type ExitCode,
  findProtection,
  judgeWork,
  type MergeWay,
  resolveRange,
  undecided,
} from "@countersign/core/internal";
import { formatReport, PLAIN, REPORT_FORMATS, type ReportFormat } from "@countersign/report";
import { commandFault } from "../command-fault.ts";
import { type CommandContext, print, printProse } from "../context.ts";
import { type JudgingOptions, policyOptions } from "../judging/judging-options.ts";
import { withinTime } from "../judging/within-time.ts";
import { chooseReports, type ReportWishes, type WantedReport } from "../output/choose-reports.ts";
import { findRoot } from "../output/find-root.ts";
import { showProgress } from "../output/progress.ts";
import { appendReport, writeReport } from "../output/write-report.ts";
import { VERSION } from "../version.ts";

export interface CheckOptions extends JudgingOptions, ReportWishes {
  /** The ways of merging to judge for, in place of a push. */
  readonly merge?: readonly MergeWay[];
  readonly quiet?: boolean;
  /** Whether a branch that is not protected is a failure, as it is for a check that a merge waits for. */
  readonly protected?: boolean;
  readonly verbose?: boolean;
}

/** Judges a range as if it were pushed to, or merged into, a branch. */
export async function check(context: CommandContext, range: string, options: CheckOptions): Promise<ExitCode> {
  const reports = chooseReports(options, REPORT_FORMATS, context.calledFrom);
  const decision = await judge(context, range, options).catch(async (error) => {
    // A step of CI that takes a report up fails where there is none, and hides why. The fault itself is reported by the caller.
    const fault = undecided(commandFault(error));
    await Promise.allSettled(reports.map((report) => writeFiles(context, fault, [report])));
    throw error;
  });
  await report(context, decision, reports, options);
  return EXIT_CODES[decision.outcome];
}

function judge(context: CommandContext, range: string, options: CheckOptions): Promise<Decision> {
  return withinTime(context, async (repository) => {
    const choice = await choosePolicy(repository, policyOptions(repository, options));
    const { branch, policy } = choice;
    if (options.protected && !findProtection(policy.policy, branch)) {
      throw new CountersignError("BRANCH_UNPROTECTED", { branch, ref: policy.ref });
    }
    const progress = showProgress(context.stderr, "commits");
    const revisions = await resolveRange(repository, range);
    const judged = await judgeWork(repository, choice, revisions, {
      merge: options.merge,
      progress: (commits) => progress.at(commits),
    });
    progress.end();
    return judged;
  });
}

/** Writes the files first, so that what stands on standard output is never reported without them. */
async function report(
  context: CommandContext,
  decision: Decision,
  reports: readonly WantedReport<ReportFormat>[],
  { quiet = false, verbose = false }: CheckOptions,
): Promise<void> {
  await writeFiles(context, decision, reports, verbose);
  const shown = reports.find(({ file }) => file === undefined);
  if (shown) {
    const options = { version: VERSION, paint: context.paint, quiet, verbose };
    const text = await formatReport(shown.format, decision, options);
    await (shown.format === "text" ? printProse(context.stdout, linesOf(text)) : print(context.stdout, text));
  } else {
    // Every report went to a file, and a refusal that nobody sees explains nothing.
    const options = { version: VERSION, paint: context.errorPaint, quiet: true, verbose };
    await printProse(context.stderr, linesOf(await formatReport("text", decision, options)));
  }
}

/** No lines for an empty text. */
function linesOf(text: string): readonly string[] {
  return text.split("\n").slice(0, -1);
}

async function writeFiles(
  context: CommandContext,
  decision: Decision,
  reports: readonly WantedReport<ReportFormat>[],
  verbose = false,
): Promise<void> {
  const whole = { version: VERSION, paint: PLAIN, quiet: false, verbose };
  let root: string | undefined;
  for (const { format, file } of reports) {
    if (file === undefined) continue;
    root ??= await findRoot(context);
    await writeReport(file, await formatReport(format, decision, whole), root);
  }
  const summary = context.env["GITHUB_STEP_SUMMARY"];
  if (summary && reports.some(({ format }) => format === "github")) {
    await appendReport(summary, await formatReport("markdown", decision, whole));
  }
}
