import { countOf, formatCount, formatSpan } from "../text/numbers.ts";
import type { Overview } from "./overview.ts";
import { isJudged, type Summary } from "./sum-up.ts";

/** What an overview comes to, in a few sentences. Plain text; what is foreign in it is escaped when shown. */
export function describeSummary(summary: Summary): readonly string[] {
  const { landings } = summary;
  if (landings.landings === 0) return ["Nothing landed in this time."];
  return [describeAssisted(summary), ...describeAsked(summary), describeBypassed(summary)];
}

function describeAssisted({ landings: { landings, assisted } }: Summary): string {
  if (assisted === 0) return `No AI is known to have helped with the ${countOf(landings, "landing")}.`;
  return `${formatCount(assisted)} of ${countOf(landings, "landing")} had help from an AI.`;
}

function describeAsked({ asked, met, waits }: Summary): readonly string[] {
  if (asked === 0) return [];
  const waited = waits.median === undefined ? "" : `, half of them within ${formatSpan(waits.median)} of the commit`;
  if (met === asked) return [`All required co-signs were given${waited}.`];
  return [`Co-signs were required ${times(asked)} and given ${times(met)}${waited}.`];
}

function times(count: number): string {
  return count === 0 ? "never" : countOf(count, "time");
}

/** What came around the gate and what else is to be looked at yet, or that it cannot be known. */
export function describeBypassed(summary: Pick<Summary, "standings" | "landings">): string {
  const { bypassed, emergency, undecided } = summary.standings;
  if (!isJudged(summary)) return "No policy protected the branch, so nothing was required.";
  const around = `${countOf(bypassed, "landing")} came around the gate and still ${bypassed === 1 ? "needs" : "need"} a co-sign.`;
  return [
    bypassed > 0 ? around : "Nothing came around the gate.",
    ...(emergency > 0 ? [`${countOf(emergency, "landing")} in an emergency ${waits(emergency)} for a review.`] : []),
    ...(undecided > 0 ? [`${countOf(undecided, "landing")} could not be judged.`] : []),
  ].join(" ");
}

function waits(count: number): string {
  return count === 1 ? "waits" : "wait";
}

/** Where and when, as a heading's second line. */
export function describeRange({ landings }: Overview, dayName: (time: number) => string): string {
  const [first] = landings;
  const last = landings.at(-1);
  if (!first || !last) return "no landings";
  const days = [...new Set([dayName(first.landed), dayName(last.landed)])].join(" – ");
  return `${countOf(landings.length, "landing")}, ${days}`;
}
