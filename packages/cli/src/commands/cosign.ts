import { CountersignError, isCountersignError } from "@countersign/core";
import { abbreviate, type ExitCode, type FaultCode } from "@countersign/core/internal";
import {
  type GitRepository,
  moveBranch,
  openContext,
  withOwnLanguage,
  withRepository,
} from "@countersign/git/internal";
import { escapeText, formatMessage, wrapText } from "@countersign/report";
import { type CommandContext, printLines, printStopped } from "../context.ts";
import { carryOut, rehearse } from "../cosign/carry-out.ts";
import { confirm } from "../cosign/confirm.ts";
import { type CosignOptions, type Proposal, prepareProposal } from "../cosign/proposal.ts";
import { advisePush, reportCosign } from "../cosign/report-text.ts";
import { reviewCommit, reviewSummary } from "../cosign/review-text.ts";
import { openTerminal } from "../cosign/terminal.ts";
import { Interruption, Stopped } from "../interruption.ts";

/** Lets a person review commits and co-sign them: 0 done or nothing to do, 1 refused or not wanted, 2 it could not be done. */
export async function cosign(context: CommandContext, revision: string, options: CosignOptions): Promise<ExitCode> {
  // Never ended: a Ctrl-C behind the last step must not change how this process ends.
  const interruption = new Interruption();
  try {
    return await run(context, revision, options, interruption);
  } catch (error) {
    // Ctrl-C ends the programs that were started too, and what they could not finish is no failure then.
    if (error instanceof Stopped || interruption.happened) {
      await printStopped(context);
      return 1;
    }
    if (!isCountersignError(error) || !REFUSALS.has(error.code)) throw error;
    await printLines(context.stderr, formatMessage(error, context.errorPaint));
    return 1;
  }
}

/** An answer, and no failure to find one. */
const REFUSALS: ReadonlySet<FaultCode> = new Set(["AGENT_SESSION", "SIGNER_UNKNOWN", "SIGNER_UNABLE", "KEY_REFUSED"]);

async function run(
  context: CommandContext,
  revision: string,
  options: CosignOptions,
  interruption: Interruption,
): Promise<ExitCode> {
  const terminal = openTerminal(context);
  const proposal = await withRepository(context, async (repository) => {
    const prepared = await prepareProposal(repository, revision, options);
    if (prepared.wanted.length === 0) return prepared;
    rehearse(prepared);
    await review(context, repository, prepared);
    return prepared;
  });
  interruption.check();
  if (proposal.wanted.length === 0) return tellNothing(context, proposal);
  const place = openContext(context.cwd, context.env);
  const spoken = withOwnLanguage(place, context.env);
  await confirm(context, spoken, terminal, proposal, interruption);
  // Opened only now: Ctrl-C in the pager would have ended its programs.
  const { done, advice } = await withRepository(context, async (repository) => ({
    done: await carryOut(repository, spoken, proposal, interruption),
    advice: await advisePush(repository, proposal),
  }));
  interruption.check();
  // The last step that can fail: behind it nothing runs that Ctrl-C would end as well.
  await moveBranch(place, done.move);
  await printLines(context.stdout, reportCosign(proposal, done, advice, context.paint));
  return 0;
}

async function review(context: CommandContext, repository: GitRepository, proposal: Proposal): Promise<void> {
  for (const [index, item] of proposal.wanted.entries()) {
    const place = `${index + 1}/${proposal.wanted.length}`;
    for await (const line of reviewCommit(repository, proposal, item, place, context.paint)) {
      await printLines(context.stdout, [line]);
    }
    await printLines(context.stdout, [""]);
  }
  await printLines(context.stdout, reviewSummary(proposal, context.paint));
}

async function tellNothing(context: CommandContext, proposal: Proposal): Promise<ExitCode> {
  const { choice, commits, isProtected, leftOut, signer } = proposal;
  const reasons = leftOut.map(
    ({ verdict, reason }) => `${abbreviate(verdict.commit)} "${escapeText(verdict.subject, 72)}": ${reason}`,
  );
  if (leftOut.some(({ given }) => !given)) {
    throw new CountersignError("SIGNER_UNABLE", { email: signer.email, reasons });
  }
  const why = !isProtected
    ? `the policy does not protect ${escapeText(choice.branch)}`
    : leftOut.length > 0
      ? "your co-signs are there"
      : `${commits} new ${commits === 1 ? "commit" : "commits"}, none needs a co-sign`;
  await printLines(context.stdout, [
    ...wrapText("countersign: ", `nothing to sign (${why})`),
    ...reasons.flatMap((reason) => wrapText("  - ", escapeText(reason))),
  ]);
  return 0;
}
