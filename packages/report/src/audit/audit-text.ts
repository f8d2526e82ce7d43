import type { PolicyInForce } from "@countersign/core";
import { type Audit, type AuditedLanding, abbreviate, formatDay, violationsOf } from "@countersign/core/internal";
import { namePolicy } from "../decision/decision-text.ts";
import { escapeText } from "../text/escape.ts";
import { type Paint, PLAIN } from "../text/paint.ts";
import { wrapText } from "../text/wrap.ts";

/** What a person reads of an audit: a line for each landing with which something is wrong, the oldest first. */
export function formatAudit(audit: Audit, policy: PolicyInForce | undefined, paint: Paint = PLAIN): readonly string[] {
  const { branch, tip, from, landings, unprotected, commits, assisted, found } = audit;
  const since = from === undefined ? "" : ` since ${abbreviate(from)}`;
  const judged = `audited ${count(landings, "landing")} on ${escapeText(branch)}${since}, up to ${abbreviate(tip)}`;
  const counted = `${count(commits, "commit")}, ${assisted.toLocaleString("en")} AI-assisted`;
  return [
    ...wrapText("countersign: ", `${judged} (${counted})`),
    ...(policy ? [paint.dim(`policy now: ${namePolicy(policy)}`)] : []),
    ...(unprotected > 0
      ? wrapText("", `${count(unprotected, "landing")} came while no policy protected the branch.`)
      : []),
    "",
    ...formatFound("came round the gate:", found.filter(isRefused), paint),
    ...formatFound("could not be decided on:", found.filter(isDoubtful), paint),
    ...formatFound("would be refused, but the policy only warned:", found.filter(isWarned), paint),
    ...conclude(audit, paint),
  ];
}

function isRefused({ outcome }: AuditedLanding): boolean {
  return outcome === "deny";
}

function isDoubtful({ outcome }: AuditedLanding): boolean {
  return outcome === "undecided";
}

function isWarned({ outcome }: AuditedLanding): boolean {
  return outcome === "allow";
}

function formatFound(heading: string, found: readonly AuditedLanding[], paint: Paint): readonly string[] {
  if (found.length === 0) return [];
  return [paint.strong(`${found.length.toLocaleString("en")} ${heading}`), ...found.flatMap(formatLanding), ""];
}

function formatLanding({ verdict, findings, subject, landed }: AuditedLanding): readonly string[] {
  const wrong = [...violationsOf(verdict), ...findings, ...verdict.faults].map(({ code }) => code);
  const codes = [...new Set(wrong)].join(", ");
  const first = `  ${formatDay(landed)} ${abbreviate(verdict.update.new)} `;
  return wrapText(first, `${codes} "${escapeText(subject, 72)}"`);
}

function conclude({ landings, found }: Audit, paint: Paint): readonly string[] {
  if (landings === 0) return ["Nothing has landed since there is a policy."];
  const [first] = [...found.filter(isRefused), ...found];
  if (!first) return [paint.good("Nothing came round the gate.")];
  const [code] = [...violationsOf(first.verdict), ...first.findings, ...first.verdict.faults];
  return wrapText(
    "next: ",
    `\`countersign audit --format json\` has every reason in full, and \`countersign explain ${code?.code}\` says what a code means`,
  );
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}
