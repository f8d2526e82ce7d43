import { countOf, formatCount, formatSpan } from "./numbers.ts";
import type { Overview } from "./overview.ts";
import type { Summary } from "./sum-up.ts";

/** What an overview comes to, in a few sentences. Plain text; what is foreign in it is escaped when shown. */
export function tellSummary(summary: Summary): readonly string[] {
  const { landings } = summary;
  if (landings.landings === 0) return ["Nothing landed in this time."];
  return [tellAssisted(summary), ...tellAsked(summary), tellBypassed(summary)];
}

function tellAssisted({ landings: { landings, assisted } }: Summary): string {
  if (assisted === 0) return `None of ${countOf(landings, "landing")} had the help of an AI that is known.`;
  return `${formatCount(assisted)} of ${countOf(landings, "landing")} had the help of an AI.`;
}

function tellAsked({ asked, met, waits }: Summary): readonly string[] {
  if (asked === 0) return [];
  const waited = waits.median === undefined ? "" : `, half of them within ${formatSpan(waits.median)} of the commit`;
  if (met === asked) return [`All co-signs that were asked for were given${waited}.`];
  return [`Co-signs were asked for ${times(asked)} and given ${times(met)}${waited}.`];
}

function times(count: number): string {
  return count === 0 ? "never" : countOf(count, "time");
}

/** What came around the gate, or that it cannot be known. */
export function tellBypassed({ standings, landings }: Pick<Summary, "standings" | "landings">): string {
  const { bypassed, undecided, unjudged } = standings;
  if (unjudged === landings.landings) return "No policy protected the branch, so nothing was asked of anyone.";
  const doubt = undecided === 0 ? "" : ` ${countOf(undecided, "landing")} could not be judged.`;
  if (bypassed > 0)
    return `${countOf(bypassed, "landing")} came around the gate and ${bypassed === 1 ? "waits" : "wait"} for a co-sign.${doubt}`;
  return `Nothing came around the gate.${doubt}`;
}

/** Where and when, as a heading's second line. */
export function describeRange({ landings }: Overview, dayName: (time: number) => string): string {
  const [first] = landings;
  const last = landings.at(-1);
  if (!first || !last) return "no landings";
  const days = [...new Set([dayName(first.landed), dayName(last.landed)])].join(" – ");
  return `${countOf(landings.length, "landing")}, ${days}`;
}
