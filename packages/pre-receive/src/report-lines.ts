import type { Decision } from "@countersign/core";
import { violationsOf } from "@countersign/core/internal";
import { escapeLine, formatDecision, formatUnenforced, PLAIN } from "@countersign/report";
import type { Received } from "./received.ts";

/**
 * What the one who pushes reads: the report of pre-push. Of what the server's own policy says there is one where it was not
 * met, and then none of what the other one allows.
 */
export function reportLines(received: Received): readonly string[] {
  const [own, floor] = received.decisions;
  const unmet = floor !== undefined && isBroken(floor);
  return [
    ...noticesOf(received).map(say),
    ...(own && (!unmet || isBroken(own)) ? formatDecision(own, PLAIN) : []),
    ...(unmet
      ? [say("by the server's own policy, which every push must meet as well:"), ...formatDecision(floor, PLAIN)]
      : []),
  ];
}

function say(notice: string): string {
  return `countersign: ${escapeLine(notice)}`;
}

function isBroken({ updates }: Decision): boolean {
  return updates.some((verdict) => violationsOf(verdict).length > 0 || verdict.faults.length > 0);
}

function noticesOf({ outcome, decisions, inForce, defaultBranch, adopted }: Received): readonly string[] {
  const [decision, floor] = decisions;
  if (!inForce || !decision) return [];
  if (adopted && outcome === "allow") return [FIRST];
  return formatUnenforced({
    decision,
    inForce,
    defaultBranch,
    repository: "this repository",
    floor: floor !== undefined,
  });
}

const FIRST =
  "this push brings the first policy, by the commit that the server names; it is in force from the next push on";
