import { type AuditedLanding, codesOf, formatTime, isSound } from "@countersign/core/internal";
import type { GitRepository, RemoteLedger } from "@countersign/git/internal";
import { escapeText, field, type Paint, wrapText } from "@countersign/report";
import { describeKept } from "../ledger/record-text.ts";
import { reviewCommits } from "../review/commit-text.ts";
import { leftOutFields, nameCommit, reportSigned, taskFields } from "../review/task-fields.ts";
import type { LandedProposal } from "./propose-landed.ts";

/** All that the person is to see of landings before the question. */
export async function* reviewLanded(
  repository: GitRepository,
  proposals: readonly LandedProposal[],
  paint: Paint,
): AsyncGenerator<string> {
  const all = proposals.reduce((sum, { wanted }) => sum + wanted.length, 0);
  let before = 0;
  for (const proposal of proposals) {
    const { landing, choice, others, wanted } = proposal;
    yield paint.strong(`landing ${nameLanding(landing)} on ${escapeText(choice.branch)}`);
    yield* field("landed", `${formatTime(landing.landed)}, at the earliest`, paint);
    yield* field("found", codesOf(landing).join(", "), paint);
    for (const { commit, verdict } of others) {
      yield* field("with", `${nameCommit(verdict)} by ${escapeText(commit.author.email)}`, paint);
    }
    yield "";
    yield* reviewCommits(repository, proposal, paint, { before, all });
    before += wanted.length;
  }
  const [first] = proposals;
  if (!first) return;
  const { project } = first.choice.policy.policy;
  yield* wrapText(
    "",
    `Your co-sign covers each of these commits and what landed with it: every path, mode and content, the other parents of a merge, and whose work it is; for ${project === undefined ? "no project" : `project ${project}`} on ${escapeText(first.choice.branch)}. It says that what has landed is good: nothing is rewritten, and an audit counts it by its age on the day that it runs.`,
  );
  yield* taskFields(first, paint);
  for (const proposal of proposals) yield* leftOutFields(proposal, paint);
}

/** What was done, and what an audit would still find. */
export function reportLanded(
  proposals: readonly LandedProposal[],
  { remote, ledger }: { readonly remote: RemoteLedger | undefined; readonly ledger: string },
  audited: readonly AuditedLanding[],
  paint: Paint,
): readonly string[] {
  const [first] = proposals;
  if (!first) return [];
  const { choice } = first;
  const count = `${proposals.length} ${proposals.length === 1 ? "landing" : "landings"}`;
  const branch = escapeText(choice.branch);
  const where = describeKept(choice, { remote, name: ledger }, `nothing on ${branch} has changed`);
  return [
    "",
    ...reportSigned(`${count} on ${branch}`, first, paint),
    ...wrapText("  ", where),
    ...audited
      .filter((landing) => !isSound(landing))
      .flatMap((landing) => wrapText("  ", `still found: ${nameLanding(landing)}: ${codesOf(landing).join(", ")}`)),
  ];
}

function nameLanding({ verdict, subject }: AuditedLanding): string {
  return nameCommit({ commit: verdict.update.new, subject });
}
