import { type CommitVerdict, explainViolation } from "@countersign/core";
import { branchName, branchRef, redactUrls } from "@countersign/core/internal";
import type { GitRepository, RemoteLedger } from "@countersign/git/internal";
import { escapeText, field, type Paint, wrapText } from "@countersign/report";
import { describeChange, summarise } from "../review/change-text.ts";
import { showBytes } from "../review/shown-path.ts";
import { leftOutFields, nameCommit, reportSigned, taskFields } from "../review/task-fields.ts";
import type { Task } from "../task.ts";
import type { RecordProposal } from "./record-proposal.ts";
import type { SignedBefore } from "./signed-before.ts";
import { nameTargets, type Target } from "./targets.ts";

/** The branch as one change, and the commits of it that were not shown by themselves. */
export async function* reviewSum(
  repository: GitRepository,
  { work, others, wanted, targets, before }: RecordProposal,
  paint: Paint,
): AsyncGenerator<string> {
  const count = others.length + wanted.length;
  yield paint.strong(`${escapeText(work.name)} as one change: ${count} ${count === 1 ? "commit" : "commits"}`);
  for (const { commit, verdict } of others) {
    yield* field("with", `${nameCommit(verdict)} by ${escapeText(commit.author.email)}`, paint);
  }
  for (const target of targets) {
    if (targets.length > 1) yield* field("for", `${escapeText(target.choice.branch)}, ${countOf(target)}`, paint);
    yield* reviewTarget(repository, target, paint);
  }
  if (before) yield* describeSince(before, paint);
}

/** What is different since the person signed the branch before. */
function* describeSince({ time, since }: SignedBefore, paint: Paint): Generator<string> {
  if (!since) {
    yield* field("before", `you co-signed commits of it at ${time}`, paint);
    return;
  }
  const signed = `you co-signed it at ${time}`;
  const moved = since.filter(({ kind }) => kind === "moved").map(({ path }) => showBytes(path));
  const over = moved.length === 0 ? "" : `, but that others changed these files too: ${moved.join(", ")}`;
  const other = since.filter(({ kind }) => kind !== "moved");
  yield* field(
    "before",
    `${signed}; ${other.length === 0 ? "nothing is" : "what is"} different since then${over}`,
    paint,
  );
  for (const { path, kind } of other) yield `  ${kind.padEnd(8)} ${showBytes(path)}`;
}

function countOf({ commits }: Target): string {
  return `${commits.size} ${commits.size === 1 ? "commit" : "commits"}`;
}

async function* reviewTarget(
  repository: GitRepository,
  { choice, sums }: Target,
  paint: Paint,
): AsyncGenerator<string> {
  const branch = escapeText(choice.branch);
  const sum = sums.landing ?? sums.whole;
  if (!sum) {
    yield* field("files", `no sum: ${branch} does not exist yet, or has no history in common`, paint);
    return;
  }
  const before = sums.landing ? `${branch} as it stands, where it would be merged now` : `where it left ${branch}`;
  yield* field("files", summarise(sum.changes, before), paint);
  for (const change of sum.changes) yield `  ${await describeChange(repository, change, paint)}`;
  if (sums.bases > 1) {
    yield* field("bases", `it left ${branch} at ${sums.bases} commits; the sum is from ${sum.from}`, paint);
  }
}

/** What the person answers for, where it is kept, and what else is to be known. */
export function summariseRecord(proposal: RecordProposal, paint: Paint): readonly string[] {
  const { choice, work, wanted, records, person, ledger, targets, isApart } = proposal;
  const what = isApart
    ? "each of these commits by itself, so that each may land without the others"
    : "each of these commits and all of them as one change, so that it holds however they are merged";
  const { policy } = choice.policy;
  const project = policy.project === undefined ? "no project" : `project ${policy.project}`;
  const branch = nameTargets(targets, branchRef);
  const row = (label: string, value: string): readonly string[] => field(label, value, paint);
  const lines = [
    "",
    ...wrapText(
      "",
      `Your co-sign covers ${what}: every path, mode and content, the other parents of a merge, and whose work it is; for ${project} on ${branch}. It does not cover commit messages${wanted.some(({ emergency }) => emergency !== undefined) ? ", except the reason of the emergency" : ""}.`,
    ),
    ...(wanted.length > 0 ? [] : wrapText("", ONLY_WHOLE)),
    ...taskFields(proposal, paint),
    ...row("ledger", `${escapeText(branchName(ledger) ?? ledger)}; ${escapeText(work.name)} stays as it is`),
  ];
  if (work.ahead) {
    const newer = escapeText(work.ahead.ref.replace(/^refs\/remotes\//, ""));
    lines.push(
      ...row("older", `${newer} has commits that ${escapeText(work.name)} lacks; this co-sign is not for them`),
    );
  }
  const isOwn = records
    .flat()
    .some(({ block }) => block.commits !== undefined && block.authors.some((author) => person.emails.includes(author)));
  if (isOwn)
    lines.push(...row("own work", "you wrote some of it: as one change, as a squash makes it, it needs someone else"));
  lines.push(...leftOutFields(proposal, paint));
  return lines;
}

const ONLY_WHOLE =
  "Each of these commits that needs a co-sign has one; the branch as one change, as a squash would land it, has none.";

/** How many commits that may not land yet are named. */
const MOST_OPEN = 5;

/** Where a record is to be kept, as what is about to be done. */
export function describeKeeping(remote: RemoteLedger | undefined, name: string): string {
  return remote
    ? `push the record in ${name} to ${escapeText(redactUrls(remote.remote))}`
    : `keep the record in ${name}`;
}

/** Where a record is now, and what then is as it was; or what has to be done for it to count. */
export function describeKept(
  choice: Task["choice"],
  { remote, name }: { readonly remote: RemoteLedger | undefined; readonly name: string },
  unchanged: string,
): string {
  const there = nameRemote(choice);
  if (there === undefined) return `the record is in ${name}; ${unchanged}`;
  if (remote) return `the record is in ${name} on ${there}; ${unchanged}`;
  return `the record is in your own ${name}, and counts once it is on ${there}: git push ${there} ${name}`;
}

/** Undefined if work lands in this repository. */
function nameRemote({ remote }: Task["choice"]): string | undefined {
  return remote === undefined ? undefined : escapeText(redactUrls(remote));
}

/** What was done, and what is still open: mostly nothing. */
export function reportRecord(
  proposal: RecordProposal,
  { remote, printed }: { readonly remote: RemoteLedger | undefined; readonly printed: boolean },
  open: readonly CommitVerdict[],
  paint: Paint,
): readonly string[] {
  const { choice, work, wanted, ledger, targets } = proposal;
  const count = wanted.length === 0 ? "the whole" : `${wanted.length} ${wanted.length === 1 ? "commit" : "commits"}`;
  const name = escapeText(branchName(ledger) ?? ledger);
  const where = printed
    ? `the record is in your own ${name}, and counts once it is in that of ${nameRemote(choice) ?? "this repository"}; if you may not push it, paste all of what follows into a comment on the pull request`
    : describeKept(choice, { remote, name }, "no commit has changed, and the author has nothing to do");
  return [
    "",
    ...reportSigned(`${count} of ${escapeText(work.name)} for ${nameTargets(targets)}`, proposal, paint),
    ...wrapText("  ", where),
    ...open.slice(0, MOST_OPEN).flatMap((verdict) => {
      const [violation] = verdict.violations;
      const what = violation ? escapeText(explainViolation(violation).what) : "";
      return wrapText("  ", `still open: ${nameCommit(verdict)}: ${what}`);
    }),
    ...(open.length > MOST_OPEN ? [`  still open: ${open.length - MOST_OPEN} more`] : []),
  ];
}
