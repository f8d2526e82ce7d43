import { CountersignError, type ObjectId } from "@countersign/core";
import { auditLandings, branchName, type ExitCode, redactUrls, resolveCommit } from "@countersign/core/internal";
import { type GitRepository, withRepository } from "@countersign/git/internal";
import { escapeText } from "@countersign/report";
import { printLines } from "../../context.ts";
import { planAudit } from "../../judging/plan-audit.ts";
import { withinTime } from "../../judging/within-time.ts";
import { confirm } from "../confirm.ts";
import { type ChosenLedger, keepRecords, pushKept, remoteLedger } from "../ledger/keep-record.ts";
import { withLocalLedger } from "../ledger/local-choice.ts";
import { printNothingToSign } from "../nothing-to-sign.ts";
import { startDiff } from "../review/start-diff.ts";
import { type CosignOptions, fetchLatest, type Session } from "../session.ts";
import type { Terminal } from "../terminal.ts";
import { reportLanded, reviewLanded } from "./landed-text.ts";
import { type LandedPlace, type ProposedLandings, proposeLanded } from "./propose-landed.ts";

/** The landings that are named, and what is to be signed of them. */
interface LandedTask extends LandedPlace, ProposedLandings {
  readonly asked: ReadonlyMap<ObjectId, string>;
}

/** Has a person co-sign what is on the branch already, in the ledger. Without a terminal it is only shown. */
export async function cosignLanded(
  session: Session,
  terminal: Terminal | undefined,
  revisions: readonly string[],
): Promise<ExitCode> {
  const { context, options, spoken, interruption } = session;
  await withRepository(context, (repository) => fetchLatest(repository, options));
  const task = await withinTime(context, (repository) => findLandedTask(repository, revisions, options));
  const { proposals, ledger } = task;
  interruption.check();
  const [first] = proposals;
  if (!first) {
    const asked = task.asked.size === 1 ? "from this landing" : `from these ${task.asked.size} landings`;
    const why = task.leftOut.length > 0 ? "your co-signs are there" : `no co-sign is missing ${asked}`;
    return printNothingToSign(context, task, why);
  }
  await withRepository(context, async (repository) => {
    for await (const line of reviewLanded(repository, proposals, context.paint)) {
      await printLines(context.stdout, [line]);
    }
  });
  interruption.check();
  if (!terminal) {
    await printLines(context.stdout, ["", "countersign: a dry run; nothing was signed"]);
    return 0;
  }
  const policy = task.plan.policy ?? first.choice.policy;
  const chosen: ChosenLedger = { choice: { remote: task.remote, policy }, ledger };
  const remote = options.push ? remoteLedger(chosen) : undefined;
  const name = escapeText(branchName(ledger) ?? ledger);
  const where = remote
    ? `push the record in ${name} to ${escapeText(redactUrls(remote.remote))}`
    : `keep the record in ${name}`;
  const wanted = proposals.flatMap((proposal) => proposal.wanted);
  const what =
    wanted.length === 1 ? "this commit, which has landed," : `these ${wanted.length} commits, which have landed,`;
  const one = wanted.length > 1 ? " (d 1 of the first commit)" : "";
  const text = `Type yes to co-sign ${what} as ${escapeText(first.signer.email)} and ${where}, d to read the diff${one}, anything else to stop:`;
  const diffsFor = (answer: string) => {
    const number = /^d (\d+)$/.exec(answer)?.[1];
    const item = number === undefined ? undefined : wanted[Number(number) - 1];
    if (item) return [() => startDiff(spoken, item)];
    return answer === "d" ? wanted.map((each) => () => startDiff(spoken, each)) : undefined;
  };
  await confirm(context, spoken, terminal, { text, diffsFor }, interruption);
  const open = await withRepository(context, async (writer) => {
    await keepRecords(writer, spoken, chosen, proposals, interruption);
    if (remote) await pushKept(writer, remote);
    const { destination } = await withLocalLedger(
      writer,
      { ...first.choice, destination: task.plan.destination },
      ledger,
    );
    return auditLandings(writer, { ...task.plan, destination }, task.asked);
  });
  await printLines(context.stdout, reportLanded(proposals, { remote, ledger: name }, open, context.paint));
  return 0;
}

async function findLandedTask(
  repository: GitRepository,
  revisions: readonly string[],
  { branch: branches = [], remote: from, key }: CosignOptions,
): Promise<LandedTask> {
  if (revisions.length === 0) throw unfit("name the commits that `countersign audit` lists");
  if (branches.length > 1) throw unfit("a landing is on one branch, and several are named");
  const { plan, remote, fault } = await planAudit(repository, branches[0], {
    ...(from !== undefined && { remote: from }),
  });
  if (fault) throw fault;
  const ledger = plan.policy?.policy.ledger;
  if (ledger === undefined) {
    throw unfit("the policy in force names no `ledger`, and what has landed cannot be co-signed anywhere else");
  }
  const asked = new Map<ObjectId, string>();
  for (const revision of revisions) {
    if (revision.includes("..")) throw unfit(`${revision} is a range; name each landing by its commit`);
    asked.set(await resolveCommit(repository, revision), revision);
  }
  const place = { plan, remote, ledger };
  const landings = await auditLandings(repository, plan, asked);
  return { ...place, asked, ...(await proposeLanded(repository, place, landings, key)) };
}

function unfit(problem: string): CountersignError {
  return new CountersignError("OPTION_INVALID", { option: "--landed", problem });
}
