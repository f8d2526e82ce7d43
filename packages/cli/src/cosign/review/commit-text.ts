import { describeRequirement, type ObjectId } from "@countersign/core";
import {
  abbreviate,
  describeEvidencePlace,
  describeSpot,
  findPersonByEmail,
  subjectLine,
} from "@countersign/core/internal";
import type { GitRepository } from "@countersign/git/internal";
import { escapeText, field, type Paint } from "@countersign/report";
import type { Task } from "../task.ts";
import type { WantedCommit } from "../wanted-commit.ts";
import { describeChange, summarise } from "./change-text.ts";

/** What is known of all commits that are reviewed. */
type Reviewed = Pick<Task, "choice"> & {
  /** When the person signed a commit as it is before. */
  readonly before?: { readonly commits: ReadonlyMap<ObjectId, string> } | undefined;
};

/** One commit as its co-signer sees it: all that the signature covers, and what it stands for. */
async function* reviewCommit(
  repository: GitRepository,
  { choice, before: signed }: Reviewed,
  item: WantedCommit,
  place: string,
  paint: Paint,
): AsyncGenerator<string> {
  const { commit, verdict, own, served } = item;
  const { name, email } = commit.author;
  const author = findPersonByEmail(choice.policy.policy, email);
  const subject = subjectLine(commit);
  const row = (label: string, value: string): readonly string[] => field(label, value, paint);
  yield paint.strong(`${place} commit ${commit.oid}`);
  yield* row(
    "author",
    `${escapeText(name)} <${escapeText(email)}>, ${author ? `level ${author.level}` : "not on the roster"}`,
  );
  // What others wrote and the person answers for stays in one line, so that every blank of it is seen.
  const quoted = (label: string, value: string): string => `${paint.dim(label.padEnd(9))} ${value}`;
  yield quoted("subject", escapeText(subject, Number.POSITIVE_INFINITY) || "(empty)");
  if (Buffer.byteLength(subject) > 1000) yield* row("", "(the subject is cut here)");
  for (const parent of commit.parents.slice(1)) yield* row("merges", parent);
  const { agents, evidence, state } = verdict.provenance;
  const why = served.length === 0 || item.seenFrom ? "" : "; it changes the policy";
  yield* row("agents", agents.length > 0 ? escapeText(agents.join(", ")) : `none (${state})${why}`);
  for (const { kind, where, text } of evidence) {
    yield* row("", `${kind} in ${describeEvidencePlace(where)}: ${escapeText(text, 100)}`);
  }
  if (verdict.dispute) {
    yield quoted(
      "dispute",
      `by line ${verdict.dispute.line} no AI took part: ${escapeText(verdict.dispute.reason, 1000)}`,
    );
    yield* row("", "your co-sign says that this is true");
  }
  if (item.emergency !== undefined) yield paint.bad(`EMERGENCY ${escapeText(item.emergency, 1000)}`);
  for (const { requirement, rules } of served) {
    const from = rules.length === 0 ? "" : ` (${rules.map((rule) => escapeText(rule, 60)).join(", ")})`;
    yield* row("needs", `${describeRequirement(requirement)}${from}`);
  }
  for (const { email: by, proof, where, emergency, refused } of verdict.cosigns) {
    const counts = refused === undefined ? "" : `, and does not count: ${refused.code}`;
    const urgent = emergency ? ", for an emergency" : "";
    yield* row("signed by", `${escapeText(by)} (${proof}, ${describeSpot(where)})${urgent}${counts}`);
  }
  const time = signed?.commits.get(commit.oid);
  if (time !== undefined) yield* row("before", `you co-signed this change at ${time}`);
  if (served.length === 0) {
    yield* row(
      "signed",
      "along with the others: it takes out what one of them puts in again, and would use that co-sign up",
    );
  }
  yield* row("files", summarise(own, nameBefore(item)));
  for (const change of own) yield `  ${await describeChange(repository, change, paint)}`;
}

/** What the changes that are shown are against. */
function nameBefore({ commit, seenFrom }: WantedCommit): string {
  if (seenFrom) return `${abbreviate(seenFrom)}, where the branch stood`;
  return commit.parents.length > 1 ? "a clean merge of its parents" : "the first parent";
}

/** All that are to be co-signed, one by one, and how many are shown before them, of how many. */
export async function* reviewCommits(
  repository: GitRepository,
  task: Reviewed & { readonly wanted: readonly WantedCommit[] },
  paint: Paint,
  { before = 0, all = task.wanted.length } = {},
): AsyncGenerator<string> {
  for (const [index, item] of task.wanted.entries()) {
    yield* reviewCommit(repository, task, item, `${before + index + 1}/${all}`, paint);
    yield "";
  }
}
