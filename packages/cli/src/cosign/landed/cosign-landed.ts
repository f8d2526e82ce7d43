import { CountersignError, type ObjectId } from "@countersign/core";
import { auditLandings, branchName, resolveCommit } from "@countersign/core/internal";
import { type GitContext, type GitRepository, type RemoteLedger, withRepository } from "@countersign/git/internal";
import { escapeText } from "@countersign/report";
import { planAudit } from "../../judging/plan-audit.ts";
import { confirm, type Question } from "../confirm.ts";
import { keepRecords, pushKept, remoteLedger } from "../ledger/keep-record.ts";
import { withLocalLedger } from "../ledger/local-choice.ts";
import { describeKeeping } from "../ledger/record-text.ts";
import type { NothingToSign } from "../nothing-to-sign.ts";
import { diffsFor } from "../review/start-diff.ts";
import type { CosignOptions, PreparedCosign, Session } from "../session.ts";
import { reportLanded, reviewLanded } from "./landed-text.ts";
import { type LandedPlace, type LandedProposal, type ProposedLandings, proposeLanded } from "./propose-landed.ts";

/** The landings that are named, and what is to be signed of them. */
interface LandedTask extends LandedPlace, ProposedLandings {
  readonly asked: ReadonlyMap<ObjectId, string>;
}

/** Prepares a co-sign in the ledger of what is on the branch already. */
export async function prepareLanded(
  { context, options, spoken, interruption }: Session,
  repository: GitRepository,
  revisions: readonly string[],
): Promise<PreparedCosign> {
  const task = await findLandedTask(repository, revisions, options);
  const { proposals, ledger, plan, remote: from, asked } = task;
  const [first] = proposals;
  const name = escapeText(branchName(ledger) ?? ledger);
  const chosen = first && { choice: { remote: from, policy: plan.policy ?? first.choice.policy }, ledger };
  const remote = chosen && options.push ? remoteLedger(chosen) : undefined;
  return {
    nothing: first ? undefined : nothingOf(task),
    review: (reader) => reviewLanded(reader, proposals, context.paint),
    confirm: (terminal) =>
      confirm(context, spoken, terminal, questionOf(spoken, proposals, { remote, name }), interruption),
    async carryOut() {
      if (!first || !chosen) return [];
      const open = await withRepository(context, async (writer) => {
        await keepRecords(writer, spoken, chosen, proposals, interruption);
        if (remote) await pushKept(writer, remote);
        const local = { ...first.choice, destination: plan.destination };
        const { destination } = await withLocalLedger(writer, local, ledger);
        return auditLandings(writer, { ...plan, destination }, asked);
      });
      return reportLanded(proposals, { remote, ledger: name }, open, context.paint);
    },
  };
}

function nothingOf({ asked, leftOut, email }: LandedTask): NothingToSign {
  const landings = asked.size === 1 ? "from this landing" : `from these ${asked.size} landings`;
  return { leftOut, email, why: leftOut.length > 0 ? "your co-signs are there" : `no co-sign is missing ${landings}` };
}

function questionOf(
  spoken: GitContext,
  proposals: readonly LandedProposal[],
  { remote, name }: { readonly remote: RemoteLedger | undefined; readonly name: string },
): Question {
  const wanted = proposals.flatMap((proposal) => proposal.wanted);
  const what =
    wanted.length === 1 ? "this commit, which has landed," : `these ${wanted.length} commits, which have landed,`;
  const one = wanted.length > 1 ? " (d 1 of the first commit)" : "";
  const email = escapeText(proposals[0]?.signer.email ?? "");
  return {
    text: `Type yes to co-sign ${what} as ${email} and ${describeKeeping(remote, name)}, d to read the diff${one}, anything else to stop:`,
    diffsFor: (answer) => diffsFor(spoken, wanted, answer),
  };
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
    throw unfit("the policy in force names no ledger, and what has landed cannot be co-signed anywhere else", "ledger");
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

function unfit(problem: string, lacks?: "ledger"): CountersignError {
  return new CountersignError("OPTION_INVALID", { option: "--landed", problem, lacks });
}
