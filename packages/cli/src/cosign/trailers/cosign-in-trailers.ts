import type { PolicyChoice } from "@countersign/core/internal";
import { type GitRepository, moveBranch, type NamedWork, withRepository } from "@countersign/git/internal";
import { escapeText } from "@countersign/report";
import { confirm, type Question } from "../confirm.ts";
import { nothingOf } from "../nothing-to-sign.ts";
import { reviewCommits } from "../review/commit-text.ts";
import { leadOf } from "../review/emergency-text.ts";
import { diffsFor } from "../review/start-diff.ts";
import type { PreparedCosign, Session } from "../session.ts";
import { carryOut, rehearse } from "./carry-out.ts";
import { confirmDropped } from "./confirm-dropped.ts";
import { type Proposal, prepareProposal } from "./proposal.ts";
import { reportCosign } from "./report-text.ts";
import { summariseRewriting } from "./summary-text.ts";

/** Prepares a co-sign in the commits' own messages. */
export async function prepareTrailers(
  session: Session,
  repository: GitRepository,
  work: Pick<NamedWork, "only"> & { readonly revision: string },
  choice: PolicyChoice,
): Promise<PreparedCosign> {
  const { context, options, spoken, interruption } = session;
  const proposal = await prepareProposal(repository, work, choice, options);
  if (proposal.wanted.length > 0) rehearse(proposal);
  return {
    nothing: proposal.wanted.length > 0 ? undefined : nothingOf(proposal, work.only?.size),
    async *review(reader) {
      yield* reviewCommits(reader, proposal, context.paint);
      yield* summariseRewriting(proposal, context.paint);
    },
    async confirm(terminal) {
      await confirmDropped(session, terminal, proposal);
      await confirm(context, spoken, terminal, questionOf(session, proposal), interruption);
    },
    async carryOut() {
      // Opened only now: Ctrl-C in the pager would have ended its programs.
      const done = await withRepository(context, (writer) => carryOut(writer, spoken, proposal, interruption));
      interruption.check();
      // The last step that can fail: behind it nothing runs that Ctrl-C would end as well.
      await moveBranch(spoken, done.move);
      return reportCosign(proposal, done, context.paint);
    },
  };
}

function questionOf({ spoken, options }: Session, { wanted, signer, key }: Proposal): Question {
  const what = wanted.length === 1 ? "this commit" : `these ${wanted.length} commits`;
  const how = key ? "" : " (declared, not proven)";
  return {
    text: `${leadOf(options)}Type yes to co-sign ${what} as ${escapeText(signer.email)}${how}, d to read the diff, anything else to stop:`,
    diffsFor: (answer) => diffsFor(spoken, wanted, answer),
  };
}
