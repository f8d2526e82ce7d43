import { CountersignError, isCountersignError, type Policy } from "@countersign/core";
import { abbreviate, type ExitCode, type FaultCode } from "@countersign/core/internal";
import {
  type GitRepository,
  type NamedWork,
  openContext,
  resolveWork,
  withOwnLanguage,
  withRepository,
} from "@countersign/git/internal";
import { formatMessage } from "@countersign/report";
import { type CommandContext, printLines, printProse, printStopped } from "../context.ts";
import { lacksTrailer, refuseReason } from "../cosign/emergency.ts";
import { prepareInLedger } from "../cosign/ledger/cosign-in-ledger.ts";
import { fenceRecords, findUnpushed } from "../cosign/ledger/print-record.ts";
import { findTaskFor } from "../cosign/ledger/targets.ts";
import { listWaiting } from "../cosign/list/list-waiting.ts";
import { resolveCommits } from "../cosign/named-commits.ts";
import { printNothingToSign } from "../cosign/nothing-to-sign.ts";
import { warnOfEmergency } from "../cosign/review/emergency-text.ts";
import {
  type Choices,
  type CosignOptions,
  chooseLedger,
  fetchLatest,
  type PreparedCosign,
  readLatest,
  type Session,
} from "../cosign/session.ts";
import type { Task } from "../cosign/task.ts";
import { openTerminal, type Terminal } from "../cosign/terminal.ts";
import { prepareTrailers } from "../cosign/trailers/cosign-in-trailers.ts";
import { withdrawCosigns } from "../cosign/withdraw/withdraw-cosigns.ts";
import { Interruption, Stopped } from "../interruption.ts";
import { withinTime } from "../judging/within-time.ts";

/** Lets a person review commits and co-sign them: 0 done or nothing to do, 1 refused or not wanted, 2 it could not be done. */
export async function cosign(
  context: CommandContext,
  revisions: readonly string[],
  options: CosignOptions,
): Promise<ExitCode> {
  // Never ended: a Ctrl-C behind the last step must not change how this process ends.
  const interruption = new Interruption();
  try {
    if (options.list) {
      await listWaiting(context, revisions, options);
      return 0;
    }
    return await run(context, revisions, options, interruption);
  } catch (error) {
    // What is signed and kept already must be reported, however the rest ended.
    if (isCountersignError(error) && error.code === "LEDGER_NOT_PUSHED") throw error;
    // Ctrl-C ends the programs that were started too, and what they could not finish is not a failure then.
    if (error instanceof Stopped || interruption.happened) {
      await printStopped(context);
      return 1;
    }
    if (!isCountersignError(error) || !REFUSALS.has(error.code)) throw error;
    await printProse(context.stderr, formatMessage(error, context.errorPaint));
    return 1;
  }
}

/** An answer, and no failure to find one. */
const REFUSALS: ReadonlySet<FaultCode> = new Set(["AGENT_SESSION", "SIGNER_UNKNOWN", "SIGNER_UNABLE", "KEY_REFUSED"]);

async function run(
  context: CommandContext,
  revisions: readonly string[],
  options: CosignOptions,
  interruption: Interruption,
): Promise<ExitCode> {
  const open = (): Terminal | undefined => (options.dryRun ? undefined : openTerminal(context));
  // Whether there is one is said before a remote is asked; what was signed before is printed without.
  const asked = options.print ? undefined : open();
  const spoken = withOwnLanguage(openContext(context.cwd, context.env), context.env);
  const session: Session = { context, options, spoken, interruption };
  if (options.landed) {
    const { prepareLanded } = await import("../cosign/landed/cosign-landed.ts");
    await withRepository(context, (repository) => fetchLatest(repository, options));
    return complete(session, asked, await withinTime(context, (each) => prepareLanded(session, each, revisions)));
  }
  // A remote may ask for a password, and a terminal be held: only judging is measured.
  const found = await withRepository(context, (repository) => readWork(repository, revisions, options));
  if (options.print && (await printUnpushed(context, found, options))) return 0;
  const terminal = asked ?? open();
  const { choices, work } = found;
  if (options.withdraw && work) {
    await withdrawCosigns(session, terminal, choices, work);
    return 0;
  }
  const prepared = await withinTime(context, (repository) => prepare(session, repository, found));
  return complete(session, terminal, prepared, choices[0].policy.policy);
}

/** Shows what there is to sign, asks and carries it out. Without a terminal it is only shown. */
async function complete(
  { context, options: { emergency }, interruption }: Session,
  terminal: Terminal | undefined,
  { nothing, review, confirm, carryOut }: PreparedCosign,
  policy?: Policy,
): Promise<ExitCode> {
  interruption.check();
  if (nothing) return printNothingToSign(context, nothing);
  await withRepository(context, async (repository) => {
    for await (const line of review(repository)) await printLines(context.stdout, [line]);
  });
  if (emergency !== undefined && policy) {
    await printLines(context.stdout, warnOfEmergency(emergency, policy, context.paint));
  }
  interruption.check();
  if (!terminal) {
    await printLines(context.stdout, ["", "countersign: a dry run; nothing was signed"]);
    return 0;
  }
  await confirm(terminal);
  await printLines(context.stdout, await carryOut());
  return 0;
}

async function prepare(
  session: Session,
  repository: GitRepository,
  { choices, ledger, revision, work }: FoundWork,
): Promise<PreparedCosign> {
  const { options } = session;
  if (ledger !== undefined && work) {
    const task = await findTaskFor(repository, choices, work, options);
    if (!mustAmend(task, choices, options))
      return prepareInLedger(session, repository, { work, choices, ledger, task });
  }
  return prepareTrailers(session, repository, { revision, only: work?.only }, choices[0]);
}

/**
 * Whether messages have to change for an emergency, so that the co-sign goes into them as well.
 * @throws `OPTION_INVALID` if that is not to be.
 */
function mustAmend({ wanted }: Pick<Task, "wanted">, choices: Choices, options: CosignOptions): boolean {
  const [lacking] = wanted.filter(lacksTrailer);
  if (!lacking) return false;
  const asked = options.ledger ? "--ledger" : options.print ? "--print" : choices.length > 1 ? "--branch" : undefined;
  if (asked === undefined) return true;
  const problem = `${abbreviate(lacking.commit.oid)} does not claim the emergency in its message, which has to change for that: sign without this option, or add the trailer Emergency first`;
  throw new CountersignError("OPTION_INVALID", { option: asked, problem });
}

/** What is to be signed, and for what. */
interface FoundWork {
  readonly choices: Choices;
  readonly ledger: string | undefined;
  /** What a branch is found by that is to be rewritten. */
  readonly revision: string;
  /** Only where it is taken as it is, or commits of it are named. */
  readonly work: NamedWork | undefined;
}

async function readWork(
  repository: GitRepository,
  revisions: readonly string[],
  options: CosignOptions,
): Promise<FoundWork> {
  const choices = await readLatest(repository, options);
  if (options.emergency !== undefined) refuseReason(options.emergency, choices);
  const ledger = chooseLedger(choices, options);
  const place = { remote: choices[0].remote, fetch: options.fetch };
  if (revisions.length > 1) {
    const work = await resolveCommits(repository, revisions, choices);
    return { choices, ledger, revision: work.name, work };
  }
  const isTaken = ledger !== undefined || options.withdraw === true;
  const [revision = "HEAD"] = revisions;
  const work = isTaken ? await resolveWork(repository, revision, place) : undefined;
  return { choices, ledger, revision, work };
}

/** Prints what the person signed of it and could not push; needs no terminal, as nothing is signed. Whether there is any. */
async function printUnpushed(
  context: CommandContext,
  { choices, ledger, work }: FoundWork,
  { emergency }: CosignOptions,
): Promise<boolean> {
  if (ledger === undefined || !work) {
    const problem =
      "it prints a record of the ledger, and there is none to print; a co-sign in a commit's message can be read there";
    throw new CountersignError("OPTION_INVALID", { option: "--print", problem });
  }
  const files = await withinTime(context, (repository) => findUnpushed(repository, choices, work, ledger, emergency));
  await printLines(context.stdout, fenceRecords(files));
  return files.length > 0;
}
