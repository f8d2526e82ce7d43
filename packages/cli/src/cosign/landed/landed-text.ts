import { CountersignError } from "@countersign/core";
import {
  type AuditedLanding,
  abbreviate,
  codesOf,
  type ExitCode,
  formatTime,
  isSound,
  redactUrls,
} from "@countersign/core/internal";
import type { GitRepository, RemoteLedger } from "@countersign/git/internal";
import { escapeText, field, type Paint, wrapText } from "@countersign/report";
import { type CommandContext, printLines } from "../../context.ts";
import { reviewCommits } from "../review/commit-text.ts";
import { leftOutFields, nameCommit, taskFields } from "../review/task-fields.ts";
import type { LandedProposal, ProposedLandings } from "./propose-landed.ts";

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
  const { choice, signer, key } = first;
  const count = `${proposals.length} ${proposals.length === 1 ? "landing" : "landings"}`;
  const proof = key ? ` (signed with ${key.key.fingerprint})` : "";
  const done = `co-signed ${count} on ${escapeText(choice.branch)} as ${escapeText(signer.email)}${proof}`;
  const there = choice.remote === undefined ? undefined : escapeText(redactUrls(choice.remote));
  const where =
    remote || there === undefined
      ? `the record is in ${ledger}${there === undefined ? "" : ` on ${there}`}; nothing on ${escapeText(choice.branch)} has changed`
      : `the record is in your own ${ledger}, and counts once it is on ${there}: git push ${there} ${ledger}`;
  return [
    "",
    ...wrapText("countersign: ", done).map((line, index) =>
      index === 0 ? line.replace("co-signed", paint.good("co-signed")) : line,
    ),
    ...wrapText("  ", where),
    ...audited
      .filter((landing) => !isSound(landing))
      .flatMap((landing) => wrapText("  ", `still found: ${nameLanding(landing)}: ${codesOf(landing).join(", ")}`)),
  ];
}

/** Says why there is nothing to sign. @throws `SIGNER_UNABLE`. */
export async function tellNoneOpen(
  context: CommandContext,
  { leftOut, email }: Pick<ProposedLandings, "leftOut" | "email">,
  asked: number,
): Promise<ExitCode> {
  const reasons = leftOut.map(({ verdict, reason }) => `${nameCommit(verdict)}: ${reason}`);
  if (leftOut.some(({ given }) => !given)) throw new CountersignError("SIGNER_UNABLE", { email, reasons });
  const why =
    leftOut.length > 0
      ? "your co-signs are there"
      : `no co-sign is missing ${asked === 1 ? "from this landing" : `from these ${asked} landings`}`;
  await printLines(context.stdout, [
    ...wrapText("countersign: ", `nothing to sign (${why})`),
    ...reasons.flatMap((reason) => wrapText("  - ", escapeText(reason))),
  ]);
  return 0;
}

function nameLanding({ verdict, subject }: AuditedLanding): string {
  return `${abbreviate(verdict.update.new)} "${escapeText(subject, 72)}"`;
}
