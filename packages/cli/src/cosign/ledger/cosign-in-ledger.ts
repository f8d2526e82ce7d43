import { branchName } from "@countersign/core/internal";
import { type GitRepository, type NamedWork, type RemoteLedger, withRepository } from "@countersign/git/internal";
import { escapeText, shellWord } from "@countersign/report";
import { confirm, type Question } from "../confirm.ts";
import { nothingOf } from "../nothing-to-sign.ts";
import { reviewCommits } from "../review/commit-text.ts";
import { leadOf } from "../review/emergency-text.ts";
import { diffsFor, startComparison, startFileComparison } from "../review/start-diff.ts";
import type { CosignOptions, PreparedCosign, Session } from "../session.ts";
import { keepRecords, pushKept, remoteLedger } from "./keep-record.ts";
import { fenceRecords } from "./print-record.ts";
import { prepareRecord, type RecordProposal, type RecordWork } from "./record-proposal.ts";
import { describeKeeping, reportRecord, reviewSum, summariseRecord } from "./record-text.ts";
import { findStillOpen } from "./still-open.ts";

/** Prepares a co-sign in a ledger, by its full name: the branch and its commits stay as they are. */
export async function prepareInLedger(
  session: Session,
  repository: GitRepository,
  asked: RecordWork,
): Promise<PreparedCosign> {
  const { context, options, spoken, interruption } = session;
  const { work } = asked;
  const proposal = await prepareRecord(repository, asked, options);
  const remote = options.push && !options.print ? remoteLedger(proposal) : undefined;
  return {
    nothing: proposal.records.length > 0 ? undefined : nothingOf(proposal, work.only?.size),
    async *review(reader) {
      yield* reviewCommits(reader, proposal, context.paint);
      if (!proposal.isApart) yield* reviewSum(reader, proposal, context.paint);
      yield* summariseRecord(proposal, context.paint);
    },
    confirm: (terminal) => confirm(context, spoken, terminal, questionOf(session, proposal, remote), interruption),
    async carryOut() {
      const { files, open } = await withRepository(context, async (writer) => {
        const files = await keepRecords(writer, spoken, proposal, [proposal], interruption);
        if (remote) await pushKept(writer, remote, printCommand(work, options));
        return { files, open: await findStillOpen(writer, proposal) };
      });
      const said = reportRecord(proposal, { remote, printed: options.print === true }, open, context.paint);
      return options.print ? [...said, "", ...fenceRecords(files)] : said;
    },
  };
}

/** The command that prints what was signed, for those who may not push it. */
function printCommand({ typed }: NamedWork, { branch = [], remote, emergency, each }: CosignOptions): string {
  const named = remote === undefined ? [] : ["--remote", remote];
  const urgent = emergency === undefined ? [] : ["--emergency", emergency];
  const how = [...named, ...branch.flatMap((name) => ["--branch", name]), ...urgent, ...(each ? ["--each"] : [])];
  const words = ["countersign", "cosign", "--print", ...how];
  return [...words, ...typed.filter((word) => word !== "HEAD" || typed.length > 1)].map(shellWord).join(" ");
}

function questionOf(
  { spoken, options }: Session,
  proposal: RecordProposal,
  remote: RemoteLedger | undefined,
): Question {
  const { wanted, signer, targets, ledger, before, isApart } = proposal;
  const what =
    wanted.length === 0
      ? "this branch as one change"
      : wanted.length === 1
        ? "this commit"
        : `these ${wanted.length} commits${isApart ? ", each by itself," : ""}`;
  const name = escapeText(branchName(ledger) ?? ledger);
  const where = `${describeKeeping(remote, name)}${options.print ? " and print it" : ""}`;
  const sums = isApart ? [] : targets.flatMap(({ sums: { landing, whole } }) => landing ?? whole ?? []);
  const since = before?.since?.flatMap(({ path, files }) => (files ? [{ path, ...files }] : [])) ?? [];
  const one = wanted.length > 1 ? " (d 1 of the first commit)" : "";
  const news = since.length > 0 ? ", n what is different since you signed" : "";
  return {
    text: `${leadOf(options)}Type yes to co-sign ${what} as ${escapeText(signer.email)} and ${where}, d to read the diff${one}${news}, anything else to stop:`,
    diffsFor(answer) {
      if (answer === "n" && since.length > 0) {
        return since.map(
          ({ path, approved, now }) =>
            () =>
              startFileComparison(spoken, path, approved, now),
        );
      }
      return answer === "d" && sums.length > 0
        ? sums.map((sum) => () => startComparison(spoken, sum.from, sum.to))
        : diffsFor(spoken, wanted, answer);
    },
  };
}
