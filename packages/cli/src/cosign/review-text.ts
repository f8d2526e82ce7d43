import { type Change, describeRequirement, type ObjectId } from "@countersign/core";
import {
  abbreviate,
  branchRef,
  describeEvidencePlace,
  findPersonByEmail,
  isZeroOid,
  type OwnChange,
  subjectLine,
} from "@countersign/core/internal";
import type { GitRepository } from "@countersign/git/internal";
import { escapeText, type Paint, wrapText } from "@countersign/report";
import { field } from "./field.ts";
import type { Proposal, WantedCommit } from "./proposal.ts";
import { showBytes } from "./shown-path.ts";

/** More of a link's target is not shown. */
const TARGET_LIMIT = 64 * 1024;

/** One commit as its co-signer sees it: all that the signature covers, and what it stands for. */
export async function* reviewCommit(
  repository: GitRepository,
  { choice }: Proposal,
  item: WantedCommit,
  place: string,
  paint: Paint,
): AsyncGenerator<string> {
  const { commit, verdict, own, served } = item;
  const { name, email } = commit.author;
  const author = findPersonByEmail(choice.policy.policy, email);
  const subject = subjectLine(commit);
  const told = (label: string, value: string): readonly string[] => field(label, value, paint);
  yield paint.strong(`${place} commit ${commit.oid}`);
  yield* told(
    "author",
    `${escapeText(name)} <${escapeText(email)}>, ${author ? `level ${author.level}` : "not on the roster"}`,
  );
  // What others wrote and the person answers for stays in one line, so that every blank of it is seen.
  const quoted = (label: string, value: string): string => `${paint.dim(label.padEnd(9))} ${value}`;
  yield quoted("subject", escapeText(subject, Number.POSITIVE_INFINITY) || "(empty)");
  if (Buffer.byteLength(subject) > 1000) yield* told("", "(the subject is cut here)");
  for (const parent of commit.parents.slice(1)) yield* told("merges", parent);
  const { agents, evidence, state } = verdict.provenance;
  yield* told("agents", agents.length > 0 ? escapeText(agents.join(", ")) : `none (${state}); it changes the policy`);
  for (const { kind, where, text } of evidence) {
    yield* told("", `${kind} in ${describeEvidencePlace(where)}: ${escapeText(text, 100)}`);
  }
  if (verdict.dispute) {
    yield quoted(
      "dispute",
      `by line ${verdict.dispute.line} no AI took part: ${escapeText(verdict.dispute.reason, 1000)}`,
    );
    yield* told("", "by your co-sign you say that this is true");
  }
  for (const { requirement, rules } of served) {
    const from = rules.length === 0 ? "" : ` (${rules.map((rule) => escapeText(rule, 60)).join(", ")})`;
    yield* told("needs", `to be ${describeRequirement(requirement)}${from}`);
  }
  yield* told("files", summarise(own, commit.parents.length > 1));
  for (const change of own) yield `  ${await describeChange(repository, change, paint)}`;
}

function summarise(changes: readonly Change[], isMerge: boolean): string {
  if (changes.length === 0) return isMerge ? "none: the merge itself changes nothing" : "none: it changes nothing";
  const count = (status: Change["status"]): number => changes.filter((change) => change.status === status).length;
  const parts = [
    [count("A"), "new"],
    [count("M") + count("T"), "changed"],
    [count("D"), "deleted"],
  ].flatMap(([number, word]) => (number === 0 ? [] : [`${number} ${word}`]));
  const added = changes.reduce((sum, { lines }) => sum + (lines?.added ?? 0), 0);
  const deleted = changes.reduce((sum, { lines }) => sum + (lines?.deleted ?? 0), 0);
  const before = isMerge ? "a clean merge of its parents" : "the first parent";
  return `${parts.join(", ")}; +${added} -${deleted} lines against ${before}`;
}

const WORDS = { A: "new", D: "deleted", M: "changed", T: "type" } as const;
const SYMLINK = "120000";
const SUBMODULE = "160000";

async function describeChange(repository: GitRepository, change: Change | OwnChange, paint: Paint): Promise<string> {
  const { path, status, oldMode, newMode, oldOid, newOid, lines } = change;
  const word = WORDS[status].padEnd(8);
  const text = `${status === "D" ? paint.bad(word) : word} ${quote(showBytes(path))}`;
  const notes: string[] = [];
  if ("isConflict" in change && change.isConflict) notes.push("the parents conflict; against the first");
  if (lines && (lines.added > 0 || lines.deleted > 0)) notes.push(`+${lines.added} -${lines.deleted}`);
  if (status === "M" || status === "T") {
    if (oldMode !== newMode) notes.push(paint.strong(`mode ${oldMode} -> ${newMode}`));
  } else if (status === "A" && newMode !== "100644") notes.push(`mode ${newMode}`);
  const modes = [oldMode, newMode];
  if (modes.includes(SYMLINK)) {
    const side = async (mode: string, oid: typeof oldOid): Promise<string> =>
      mode === SYMLINK ? quote(await readTarget(repository, oid)) : isZeroOid(oid) ? "nothing" : "a file";
    notes.push(`symbolic link: ${await side(oldMode, oldOid)} -> ${await side(newMode, newOid)}`);
  }
  if (modes.includes(SUBMODULE)) {
    const side = (mode: string, oid: typeof oldOid): string =>
      mode === SUBMODULE ? oid : isZeroOid(oid) ? "nothing" : "a file";
    notes.push(`submodule: ${side(oldMode, oldOid)} -> ${side(newMode, newOid)}`);
  }
  return notes.length === 0 ? text : `${text} (${notes.join("; ")})`;
}

async function readTarget(repository: GitRepository, oid: Change["oldOid"]): Promise<string> {
  try {
    return showBytes(await repository.blob(oid, TARGET_LIMIT));
  } catch {
    return `too long to show, id ${oid}`;
  }
}

function quote(text: string): string {
  return /[ "]/.test(text) ? `"${text.replaceAll('"', '\\"')}"` : text;
}

/** What the person answers for, and by which rules. */
export function reviewSummary(
  { choice, signer, key, leftOut, voided, affected, wanted, marks }: Proposal,
  paint: Paint,
): readonly string[] {
  const told = (label: string, value: string): readonly string[] => field(label, value, paint);
  const { policy, ref, commit, entry } = choice.policy;
  const project = policy.project === undefined ? "no project" : `project ${policy.project}`;
  const except = wanted.some(({ verdict }) => verdict.dispute) ? ", except those by which it disputes its marks" : "";
  const lines = [
    "",
    ...wrapText(
      "",
      `Your co-sign covers, of each commit: every path, mode and content that it changes against its first parent, the other parents of a merge, and its author's address; for ${project} on ${escapeText(branchRef(choice.branch))}.`,
    ),
    ...(wanted.some(({ commit }) => commit.parents.length > 1)
      ? wrapText("", "What a merge only brings in from its parents is covered too, and is not shown above.")
      : []),
    ...wrapText("", `It does not cover the words of the message${except}.`),
    ...told("remote", choice.remote === undefined ? "none: it lands in this repository" : escapeText(choice.remote)),
    ...told("policy", `${escapeText(ref)} at ${commit}, ${entry.path}`),
    ...told("signer", `${escapeText(signer.name)} <${escapeText(signer.email)}>`),
    ...told(
      "key",
      key
        ? `${key.entry.type} ${key.key.fingerprint}`
        : "none: the co-sign is declared, not proven; anyone could type it",
    ),
  ];
  const others = affected.length - wanted.length;
  if (others > 0) {
    const more = `${others} more ${others === 1 ? "commit" : "commits"} above them`;
    lines.push(...told("rewrites", `${more}: same contents, authors and messages, new ids`));
  }
  for (const { commit } of affected) {
    for (const { key, lines: value } of marks.get(commit.oid) ?? []) {
      const mark = escapeText(`${key}: ${value.map(String).join(" ")}`);
      const where = abbreviate(commit.oid);
      lines.push(...told("adds", `${mark}, to ${where}: the note that tells it stays with the old id`));
    }
  }
  for (const { verdict, reason } of leftOut) {
    lines.push(...told("left out", `${nameCommit(verdict)}: ${escapeText(reason)}`));
  }
  for (const merge of voided) {
    const why = "others co-signed this merge of commits that get new ids; it needs them again";
    lines.push(...told("voids", `${nameCommit(merge)}: ${why}`));
  }
  return lines;
}

function nameCommit({ commit, subject }: { readonly commit: ObjectId; readonly subject: string }): string {
  return `${abbreviate(commit)} "${escapeText(subject, 72)}"`;
}
