import type { CommitVerdict, Decision, UpdateVerdict } from "@countersign/core";
import { abbreviate, noticesOf, violationsOf } from "@countersign/core/internal";
import { escapeText } from "../text/escape.ts";
import { formatDecision } from "./decision-text.ts";

const HEADINGS = { allow: "allowed", deny: "refused", undecided: "cannot decide, so refused" } as const;

/** A step's summary holds a mebibyte, and a person reads far less. */
const ROWS = 200;
const LINES = 400;

/**
 * A decision in GitHub's and GitLab's Markdown. All that others wrote stands in code, where nothing is a link, an image,
 * a mention or HTML.
 */
export function formatMarkdown(decision: Decision): string {
  const blocks = [`### countersign: ${HEADINGS[decision.outcome]}`];
  for (const verdict of decision.updates) {
    const { update, branch, commits, assisted, mode } = verdict;
    const mild = mode === "warn" ? ", mode: warn" : "";
    const counted = `${commits} new ${commits === 1 ? "commit" : "commits"}, ${assisted} AI-assisted${mild}`;
    const standing = branch === undefined ? "the policy does not protect this branch" : counted;
    blocks.push(`${code(escapeText(update.ref))}: ${standing}`);
    if (verdict.judged.length > 0) blocks.push(formatTable(verdict));
  }
  if (decision.fault || decision.updates.some(isWorthTelling)) {
    blocks.push(fence(formatDecision({ ...decision, policy: undefined })));
  }
  if (decision.policy) {
    const { ref, commit, entry } = decision.policy;
    const at = commit === undefined ? "" : ` at ${code(commit)}`;
    blocks.push(`Policy: ${code(escapeText(ref))}${at}, ${code(entry.path)}`);
  }
  return `${blocks.join("\n\n")}\n`;
}

/** Whether the table does not say all of it. */
function isWorthTelling(verdict: UpdateVerdict): boolean {
  return violationsOf(verdict).length + verdict.faults.length + noticesOf(verdict).length > 0;
}

function formatTable({ judged }: UpdateVerdict): string {
  const rows = judged.slice(0, ROWS).map((commit) => `| ${cellsOf(commit).join(" | ")} |`);
  const left = judged.length - rows.length;
  const more = left > 0 ? [`| … | and ${left} more | | |`] : [];
  return ["| commit | subject | made with | verdict |", "| --- | --- | --- | --- |", ...rows, ...more].join("\n");
}

function cellsOf({
  commit,
  subject,
  provenance,
  violations,
  requirements,
  emergency,
}: CommitVerdict): readonly string[] {
  const by = requirements.flatMap((requirement) => requirement.by);
  const people = new Set(by.flatMap(({ email, proof, review }) => (review ? [] : `${email} (${proof})`)));
  const reviews = new Set(
    by.flatMap(({ review }) => (review ? `reviewed on ${review.forge} by ${cell(review.name)}` : [])),
  );
  const signed = people.size === 0 ? [] : [`co-signed by ${[...people].map(cell).join(", ")}`];
  const urgent = emergency?.review ? ["**EMERGENCY**, not reviewed"] : [];
  const vouched = [...urgent, ...signed, ...reviews].join(", ") || "no co-sign needed";
  const codes = [...new Set(violations.map((found) => found.code))];
  return [
    code(abbreviate(commit)),
    cell(subject),
    provenance.agents.map(cell).join(", ") || "–",
    codes.length > 0 ? codes.map(code).join(", ") : vouched,
  ];
}

/** Code within a table. A bar would end the cell, even within code, and renderers differ on how it is escaped. */
function cell(text: string): string {
  return code(escapeText(text, 72).replaceAll("|", "\\u{7c}"));
}

/** A code span that its content cannot end: the fence is longer than every run of backticks in it. */
function code(text: string): string {
  const marks = "`".repeat(longestRun(text) + 1);
  const pad = /^`|`$|^ .* $|^$/.test(text) ? " " : "";
  return `${marks}${pad}${text}${pad}${marks}`;
}

/** A fenced block. No line of a report begins with what others wrote, so none can be taken for the fence. */
function fence(lines: readonly string[]): string {
  const shown = lines.length > LINES ? [...lines.slice(0, LINES), `… and ${lines.length - LINES} more lines`] : lines;
  return `\`\`\`text\n${shown.join("\n").trim()}\n\`\`\``;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
