import { CountersignError } from "@countersign/core";
import { type ExitCode, openLedger } from "@countersign/core/internal";
import { escapeLine, formatOverview, gatherOverview, OVERVIEW_FORMATS } from "@countersign/report";
import { type CommandContext, print } from "../context.ts";
import { type AuditWishes, planAudit } from "../judging/plan-audit.ts";
import { withinTime } from "../judging/within-time.ts";
import { chooseReports, type ReportWishes } from "../output/choose-reports.ts";
import { findRoot } from "../output/find-root.ts";
import { showProgress } from "../output/progress.ts";
import { writeReport } from "../output/write-report.ts";
import { VERSION } from "../version.ts";

export interface ReportOptions extends ReportWishes, Pick<AuditWishes, "since" | "remote"> {
  readonly anonymous?: boolean;
}

/** Shows what landed on a branch to people who would rather look than read. 0 whatever it shows: nothing is judged to land. */
export async function report(
  context: CommandContext,
  branch: string | undefined,
  options: ReportOptions,
): Promise<ExitCode> {
  const reports = chooseReports(options, OVERVIEW_FORMATS, context.calledFrom);
  if (context.stdout.isTTY && reports.some(({ format, file }) => format === "html" && file === undefined)) {
    const problem = "a page is for a browser, not for a terminal; give it a file, as in --output report.html";
    throw new CountersignError("OPTION_INVALID", { option: "--output", problem });
  }
  return withinTime<ExitCode>(context, async (repository) => {
    const onLost = (what: string, { code, what: problem }: CountersignError): void => {
      context.stderr.write(`countersign: without ${escapeLine(what)}, ${code}: ${escapeLine(problem)}\n`);
    };
    const { plan, fault } = await planAudit(repository, branch, options);
    if (fault) onLost("the policy of now", fault);
    const progress = showProgress(context.stderr, "landings");
    const overview = await gatherOverview(repository, {
      ...plan,
      ledger: plan.policy && openLedger(repository, plan, plan.policy.policy),
      onLost: (lost) => onLost("the ledger", lost),
      progress: (done) => progress.at(done),
    });
    progress.end();
    let root: string | undefined;
    for (const { format, file } of reports) {
      const text = await formatOverview(format, overview, { version: VERSION, anonymous: options.anonymous ?? false });
      if (file === undefined) {
        await print(context.stdout, text);
        continue;
      }
      root ??= await findRoot(context);
      await writeReport(file, text, root);
    }
    return 0;
  });
}
