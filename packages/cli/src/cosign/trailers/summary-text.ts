import { abbreviate, branchRef, EMERGENCY_KEY } from "@countersign/core/internal";
import { escapeText, field, type Paint, wrapText } from "@countersign/report";
import { lacksTrailer } from "../emergency.ts";
import { leftOutFields, nameCommit, taskFields } from "../review/task-fields.ts";
import type { Proposal } from "./proposal.ts";

/** What the person answers for, and by which rules. */
export function summariseRewriting(proposal: Proposal, paint: Paint): readonly string[] {
  const { choice, voided, affected, wanted, marks } = proposal;
  const row = (label: string, value: string): readonly string[] => field(label, value, paint);
  const { policy } = choice.policy;
  const project = policy.project === undefined ? "no project" : `project ${policy.project}`;
  const disputes = wanted.some(({ verdict }) => verdict.dispute) ? ["disputes its marks"] : [];
  const claims = wanted.some(({ emergency }) => emergency !== undefined) ? ["claims an emergency"] : [];
  const said = [...disputes, ...claims].join(" and ");
  const except = said === "" ? "" : `, except the line by which it ${said}`;
  const lines = [
    "",
    ...wrapText(
      "",
      `Your co-sign covers, of each commit: every path, mode and content that it changes against its first parent, the other parents of a merge, and its author's address; for ${project} on ${escapeText(branchRef(choice.branch))}.`,
    ),
    ...(wanted.some(({ commit }) => commit.parents.length > 1)
      ? wrapText("", "What a merge only brings in from its parents is covered too, and is not shown above.")
      : []),
    ...wrapText("", `It does not cover the commit message${except}.`),
    ...taskFields(proposal, paint),
  ];
  const others = affected.length - wanted.length;
  if (others > 0) {
    const more = `${others} more ${others === 1 ? "commit" : "commits"} above them`;
    lines.push(...row("rewrites", `${more}: same contents, authors and messages, new ids`));
  }
  for (const { commit } of affected) {
    for (const { key, lines: value } of marks.get(commit.oid) ?? []) {
      const mark = escapeText(`${key}: ${value.map(String).join(" ")}`);
      const where = abbreviate(commit.oid);
      lines.push(...row("adds", `${mark}, to ${where}, because the note that says so stays with the old id`));
    }
  }
  for (const { emergency, commit } of wanted.filter(lacksTrailer)) {
    lines.push(...row("adds", `${EMERGENCY_KEY}: ${escapeText(emergency ?? "", 200)}, to ${abbreviate(commit.oid)}`));
  }
  lines.push(...leftOutFields(proposal, paint));
  for (const merge of voided) {
    const why = "others co-signed this merge of commits that get new ids; it needs them again";
    lines.push(...row("voids", `${nameCommit(merge)}: ${why}`));
  }
  return lines;
}
