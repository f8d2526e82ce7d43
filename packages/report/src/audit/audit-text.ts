import type { PolicyInForce } from "@countersign/core";
import {
  type Audit,
  type AuditedLanding,
  abbreviate,
  codesOf,
  formatDay,
  formatTime,
  isOverdue,
  mayRemedy,
  violationsOf,
  wholeVerdict,
} from "@countersign/core/internal";
import { namePolicy } from "../decision/decision-text.ts";
import { escapeText } from "../text/escape.ts";
import { countOf } from "../text/numbers.ts";
import type { Paint } from "../text/paint.ts";
import { wrapText } from "../text/wrap.ts";
import type { AuditReportOptions } from "./report-options.ts";

/** What a person reads of an audit: a line for each landing of which there is something to say, the oldest first. */
export function formatAudit(
  audit: Audit,
  policy: PolicyInForce | undefined,
  { paint, remedy }: Pick<AuditReportOptions, "paint" | "remedy">,
): readonly string[] {
  const { branch, tip, from, landings, unprotected, commits, assisted, found, shard } = audit;
  const since = from === undefined ? "" : ` since ${abbreviate(from)}`;
  const part = shard ? `, part ${shard.number} of ${shard.of}:` : "";
  const judged = `audited${part} ${countOf(landings, "landing")} on ${escapeText(branch)}${since}, up to ${abbreviate(tip)}`;
  const counted = `${countOf(commits, "commit")}, ${assisted.toLocaleString("en")} AI-assisted`;
  return [
    ...wrapText("countersign: ", `${judged} (${counted})`),
    ...(policy ? [paint.dim(`policy now: ${namePolicy(policy)}`)] : []),
    ...(unprotected > 0
      ? wrapText("", `${countOf(unprotected, "landing")} came while no policy protected the branch.`)
      : []),
    "",
    ...formatFound("came around the gate:", found.filter(isRefused), paint),
    ...formatFound("in an emergency, not reviewed in time:", found.filter(isLate), paint),
    ...formatFound("could not be decided:", found.filter(isDoubtful), paint),
    ...formatFound("would be refused, but the policy only warned:", found.filter(isWarned), paint),
    ...formatFound("in an emergency, not reviewed yet:", found.filter(isDue), paint),
    ...conclude(audit, paint, remedy),
  ];
}

function isRefused(landing: AuditedLanding): boolean {
  return landing.outcome === "deny" && !isOverdue(landing);
}

function isLate(landing: AuditedLanding): boolean {
  return landing.outcome === "deny" && isOverdue(landing);
}

function isDoubtful({ outcome }: AuditedLanding): boolean {
  return outcome === "undecided";
}

function isWarned(landing: AuditedLanding): boolean {
  return landing.outcome === "allow" && !isDue(landing);
}

function isDue(landing: AuditedLanding): boolean {
  const whole = wholeVerdict(landing);
  return violationsOf(whole).length + whole.faults.length === 0;
}

function formatFound(heading: string, found: readonly AuditedLanding[], paint: Paint): readonly string[] {
  if (found.length === 0) return [];
  return [paint.strong(`${found.length.toLocaleString("en")} ${heading}`), ...found.flatMap(formatLanding), ""];
}

function formatLanding(landing: AuditedLanding): readonly string[] {
  const { verdict, subject, landed } = landing;
  const codes = codesOf(landing).join(", ");
  const first = `  ${formatDay(landed)} ${abbreviate(verdict.update.new)} `;
  const due = isDue(landing) ? `, review due until ${dueOf(landing)}` : "";
  return wrapText(first, `${codes} "${escapeText(subject, 72)}"${due}`);
}

/** When the first of its reviews is due. */
function dueOf({ verdict }: AuditedLanding): string {
  const due = verdict.judged.flatMap(({ emergency }) => emergency?.review?.until ?? []);
  return formatTime(Math.min(...due));
}

/** How many landings are named in a command. */
const MOST_NAMED = 10;

function conclude({ landings, found }: Audit, paint: Paint, remedy: string | undefined): readonly string[] {
  if (landings === 0) return ["Nothing has landed since the policy came into force."];
  const [first] = [...found.filter(isRefused), ...found.filter((landing) => !isDue(landing))];
  const waiting = found.filter(
    (landing) => mayRemedy(landing) && (first ? landing.outcome === "deny" : isDue(landing)),
  );
  const next = remedy === undefined ? [] : sayRemedy(waiting, remedy);
  if (!first) return [paint.good("Nothing came around the gate."), ...next];
  const [code] = codesOf(first);
  const help = `\`countersign audit --format json\` has every reason in full, and \`countersign explain ${code}\` says what a code means`;
  return next.length > 0 ? [...next, ...wrapText("", `${help}.`)] : wrapText("next: ", help);
}

/** The command by which someone co-signs landings afterwards. */
function sayRemedy(waiting: readonly AuditedLanding[], remedy: string): readonly string[] {
  if (waiting.length === 0) return [];
  const named = waiting.slice(0, MOST_NAMED).map(({ verdict }) => abbreviate(verdict.update.new));
  const which = named.length < waiting.length ? `the first ${named.length}` : waiting.length === 1 ? "it" : "them";
  return [
    ...wrapText(
      "next: ",
      `read what landed; someone who could have let ${which} in co-signs what is good, afterwards:`,
    ),
    // In one piece, to be copied.
    `  ${remedy} ${named.join(" ")}`,
  ];
}
