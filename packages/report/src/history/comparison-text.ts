import { describeRequirement, type PolicyInForce } from "@countersign/core";
import {
  abbreviate,
  type Flip,
  formatDay,
  groupBy,
  OUTCOME_WORDS,
  type PolicyComparison,
  type PolicyPart,
  type Standing,
} from "@countersign/core/internal";
import { namePolicy } from "../decision/decision-text.ts";
import { escapeLine, escapeText } from "../text/escape.ts";
import { type Paint, PLAIN } from "../text/paint.ts";
import { wrapText } from "../text/wrap.ts";

/** Two policies that were compared. */
export interface ComparedPolicies {
  readonly before: PolicyInForce;
  readonly after: PolicyInForce;
}

/** What a person reads of a comparison: the commits that are judged differently, those with one reason together. */
export function formatComparison(
  { commits, flips }: PolicyComparison,
  { before, after }: ComparedPolicies,
  branch: string,
  paint: Paint = PLAIN,
): readonly string[] {
  const judged = `${commits} commit${commits === 1 ? "" : "s"} of ${escapeText(branch)}`;
  const lines = [
    ...wrapText("countersign: ", `the policies judge ${flips.length} of ${judged} differently`),
    paint.dim(`old policy: ${namePolicy(before)}`),
    paint.dim(`new policy: ${namePolicy(after)}`),
  ];
  for (const [heading, group] of groupBy(flips, headingOf)) {
    const [first = "", ...others] = wrapText("", `${heading}: ${group.length}`);
    lines.push("", paint.strong(first), ...others.map((line) => paint.strong(line)));
    for (const { commit, subject, landed } of group) {
      lines.push(`  ${abbreviate(commit)} ${formatDay(landed)} "${escapeText(subject, 51)}"`);
    }
  }
  return lines;
}

function headingOf({ before, after, because }: Flip): string {
  const parts = because.map(namePart);
  const together = parts.length > 1 ? `by ${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}` : `by ${parts[0]}`;
  // Where the outcome is the same, what is asked for is what differs.
  const describe = before.outcome === after.outcome ? describeLack : describeStanding;
  return escapeLine(`${describe(before)} -> ${describe(after)}, ${together}`);
}

function describeStanding({ outcome, codes }: Standing): string {
  return outcome === "allow" ? OUTCOME_WORDS.allow : `${OUTCOME_WORDS[outcome]} (${codes.join(", ")})`;
}

function describeLack(standing: Standing): string {
  const lacks = standing.missing.map((needs) => describeRequirement(needs)).join(" and ");
  return lacks === "" ? describeStanding(standing) : `${OUTCOME_WORDS[standing.outcome]} (needs ${lacks})`;
}

function namePart({ name, kind, change }: PolicyPart): string {
  return kind === "rule" ? `the ${change} rule "${name}"` : name.startsWith("the ") ? name : `the changed ${name}`;
}
