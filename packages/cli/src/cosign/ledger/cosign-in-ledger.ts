import { branchName, redactUrls } from "@countersign/core/internal";
import { type GitRepository, type NamedWork, withRepository } from "@countersign/git/internal";
import { escapeText } from "@countersign/report";
import { withinTime } from "../../judging/within-time.ts";
import { confirm, type Question } from "../confirm.ts";
import { reviewCommits } from "../review/commit-text.ts";
import { startComparison, startDiff } from "../review/start-diff.ts";
import type { Choices, PreparedCosign, Session } from "../session.ts";
import { keepRecord, pushRecord, remoteLedger } from "./keep-record.ts";
import { prepareRecord, type RecordProposal } from "./record-proposal.ts";
import { reportRecord, reviewSum, summariseRecord } from "./record-text.ts";
import { findStillOpen } from "./still-open.ts";

/** Prepares a co-sign in a ledger, by its full name: the branch and its commits stay as they are. */
export async function prepareInLedger(
  session: Session,
  repository: GitRepository,
  work: NamedWork,
  choices: Choices,
  ledger: string,
): Promise<PreparedCosign> {
  const { context, options, spoken, interruption } = session;
  const proposal = await prepareRecord(repository, work, choices, ledger, options.key);
  const remote = options.push ? remoteLedger(proposal) : undefined;
  return {
    task: proposal,
    async *review(reader) {
      yield* reviewCommits(reader, proposal, context.paint);
      yield* reviewSum(reader, proposal, context.paint);
      yield* summariseRecord(proposal, context.paint);
    },
    confirm: (terminal) => confirm(context, spoken, terminal, questionOf(session, proposal, remote), interruption),
    async carryOut() {
      await withRepository(context, async (writer) => {
        await keepRecord(writer, spoken, proposal, interruption);
        if (remote) await pushRecord(writer, remote);
      });
      const open = await withinTime(context, (reader) => findStillOpen(reader, proposal));
      return reportRecord(proposal, remote, open, context.paint);
    },
  };
}

function questionOf(
  { spoken }: Session,
  proposal: RecordProposal,
  remote: { readonly remote: string } | undefined,
): Question {
  const { wanted, signer, targets, ledger } = proposal;
  const what = wanted.length === 1 ? "this commit" : `these ${wanted.length} commits`;
  const name = escapeText(branchName(ledger) ?? ledger);
  const where = remote
    ? `push the record in ${name} to ${escapeText(redactUrls(remote.remote))}`
    : `keep the record in ${name}`;
  const sums = targets.flatMap(({ sums: { landing, whole } }) => landing ?? whole ?? []);
  const one = wanted.length > 1 ? " (d 1 of the first commit)" : "";
  return {
    text: `Type yes to co-sign ${what} as ${escapeText(signer.email)} and ${where}, d to read the diff${one}, anything else to stop:`,
    diffsFor(answer) {
      const number = /^d (\d+)$/.exec(answer)?.[1];
      const item = number === undefined ? undefined : wanted[Number(number) - 1];
      if (item) return [() => startDiff(spoken, item)];
      if (answer !== "d") return undefined;
      return sums.length > 0
        ? sums.map((sum) => () => startComparison(spoken, sum.from, sum.to))
        : wanted.map((each) => () => startDiff(spoken, each));
    },
  };
}
