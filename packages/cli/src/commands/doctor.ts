import { CountersignError } from "@countersign/core";
import type { ExitCode } from "@countersign/core/internal";
import { findHookSite, withRepository } from "@countersign/git/internal";
import {
  type CheckResult,
  checkResultsToJson,
  examineClone,
  examineServer,
  exitCodeOf,
  formatCheckResult,
  formatOutcome,
} from "@countersign/setup";
import { type CommandContext, currentTime, print, printLines, printStopped } from "../context.ts";
import { Interruption, Stopped } from "../interruption.ts";

export interface DoctorOptions {
  readonly server?: boolean;
  readonly format: "text" | "json";
}

/** Finds out whether this clone, or with `server` this bare repository, is set up: 0 healthy, 1 wrong, 2 could not find out. */
export async function doctor(context: CommandContext, options: DoctorOptions): Promise<ExitCode> {
  const interruption = new Interruption();
  try {
    return await examine(context, options, interruption);
  } catch (error) {
    // Ctrl-C ends the programs that were started too, and what they could not finish is not a failure then.
    if (!(error instanceof Stopped) && !interruption.happened) throw error;
    await printStopped(context);
    return 2;
  } finally {
    interruption.end();
  }
}

function examine(
  context: CommandContext,
  { server = false, format }: DoctorOptions,
  interruption: Interruption,
): Promise<ExitCode> {
  return withRepository(context, async (repository) => {
    const site = await findHookSite(repository.context);
    if (server !== site.bare)
      throw new CountersignError("OPTION_INVALID", { option: "--server", problem: why(server) });
    const circumstances = { env: context.env, now: currentTime(), signal: interruption.signal };
    const examination = (server ? examineServer : examineClone)(repository, site, circumstances);
    const findings: CheckResult[] = [];
    for await (const found of examination) {
      interruption.check();
      findings.push(...found);
      if (format === "json") continue;
      for (const finding of found) await printLines(context.stdout, formatCheckResult(finding, context.paint));
    }
    if (format === "json") await print(context.stdout, `${JSON.stringify(checkResultsToJson(findings), null, 2)}\n`);
    else await printLines(context.stdout, ["", formatOutcome(findings, context.paint)]);
    return exitCodeOf(findings);
  });
}

function why(server: boolean): string {
  return server
    ? "this repository has a work tree; run it in the bare repository that people push to, or name that with --repo"
    : "it is needed here: this is a bare repository, which receives pushes and makes none";
}
