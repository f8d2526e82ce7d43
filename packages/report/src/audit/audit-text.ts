import type { PolicyInForce } from "@countersign/core";
import {
  type Audit,
  type AuditedLanding,
  abbreviate,
  formatDay,
  mayRemedy,
  violationsOf,
} from "@countersign/core/internal";
import { namePolicy } from "../decision/decision-text.ts";
import { escapeText } from "../text/escape.ts";
import type { Paint } from "../text/paint.ts";
import { wrapText } from "../text/wrap.ts";
import type { AuditReportOptions } from "./report-options.ts";

/** What a person reads of an audit: a line for each landing with which something is wrong, the oldest first. */
export function formatAudit(
  audit: Audit,
  policy: PolicyInForce | undefined,
  { paint, remedy }: Pick<AuditReportOptions, "paint" | "remedy">,
): readonly string[] {
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
    ...conclude(audit, paint, remedy),
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

/** So many landings are named in a command. */
const MOST_NAMED = 10;

function conclude({ landings, found }: Audit, paint: Paint, remedy: string | undefined): readonly string[] {
  if (landings === 0) return ["Nothing has landed since there is a policy."];
  const [first] = [...found.filter(isRefused), ...found];
  if (!first) return [paint.good("Nothing came round the gate.")];
  const [code] = [...violationsOf(first.verdict), ...first.findings, ...first.verdict.faults];
  const help = `\`countersign audit --format json\` has every reason in full, and \`countersign explain ${code?.code}\` says what a code means`;
  const open = remedy === undefined ? [] : found.filter((landing) => isRefused(landing) && mayRemedy(landing));
  if (open.length === 0) return wrapText("next: ", help);
  const named = open.slice(0, MOST_NAMED).map(({ verdict }) => abbreviate(verdict.update.new));
  const which = named.length < open.length ? `the first ${named.length} of them` : open.length === 1 ? "it" : "them";
  return [
    ...wrapText(
      "next: ",
      `read what landed; somebody who could have let ${which} in co-signs what is good, afterwards:`,
    ),
    // In one piece, to be copied.
    `  ${remedy} ${named.join(" ")}`,
    ...wrapText("", `${help}.`),
  ];
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}
