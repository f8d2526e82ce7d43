import type { CommitVerdict, Decision, UpdateVerdict } from "@countersign/core";
import { abbreviate, noticesOf, violationsOf } from "@countersign/core/internal";
import { codeCell, codeSpan } from "../text/code-span.ts";
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
    blocks.push(`${codeSpan(escapeText(update.ref))}: ${standing}`);
    if (verdict.judged.length > 0) blocks.push(formatTable(verdict));
  }
  if (decision.fault || decision.updates.some(isWorthTelling)) {
    blocks.push(fence(formatDecision({ ...decision, policy: undefined })));
  }
  if (decision.policy) {
    const { ref, commit, entry } = decision.policy;
    const at = commit === undefined ? "" : ` at ${codeSpan(commit)}`;
    blocks.push(`Policy: ${codeSpan(escapeText(ref))}${at}, ${codeSpan(entry.path)}`);
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
    by.flatMap(({ review }) => (review ? `reviewed on ${review.forge} by ${codeCell(review.name)}` : [])),
  );
  const signed = people.size === 0 ? [] : [`co-signed by ${[...people].map(codeCell).join(", ")}`];
  const urgent = emergency?.review ? ["**EMERGENCY**, not reviewed"] : [];
  const vouched = [...urgent, ...signed, ...reviews].join(", ") || "no co-sign needed";
  const codes = [...new Set(violations.map((found) => found.code))];
  return [
    codeSpan(abbreviate(commit)),
    codeCell(subject),
    provenance.agents.map(codeCell).join(", ") || "–",
    codes.length > 0 ? codes.map(codeSpan).join(", ") : vouched,
  ];
}

/** A fenced block. No line of a report begins with what others wrote, so none can be taken for the fence. */
function fence(lines: readonly string[]): string {
  const shown = lines.length > LINES ? [...lines.slice(0, LINES), `… and ${lines.length - LINES} more lines`] : lines;
  return `\`\`\`text\n${shown.join("\n").trim()}\n\`\`\``;
}
