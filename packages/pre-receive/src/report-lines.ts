import type { Decision } from "@countersign/core";
import { branchRef, violationsOf } from "@countersign/core/internal";
import { escapeLine, formatDecision, PLAIN } from "@countersign/report";
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
      ? [say("by the server's own policy, which every push has to meet too:"), ...formatDecision(floor, PLAIN)]
      : []),
  ];
}

function say(notice: string): string {
  return `countersign: ${escapeLine(notice)}`;
}

function isBroken({ updates }: Decision): boolean {
  return updates.some((verdict) => violationsOf(verdict).length > 0 || verdict.faults.length > 0);
}

/** So many refs are named; a push may bring thousands. */
const NAMED = 5;

function noticesOf({ outcome, decisions, inForce, defaultBranch, adopted }: Received): readonly string[] {
  if (!inForce) return [];
  if (adopted && outcome === "allow") return [FIRST];
  const { policy, doubt } = inForce;
  const [own, floor] = decisions;
  const unprotected = (own?.updates ?? [])
    .filter(({ branch, faults }) => branch === undefined && faults.length === 0)
    .map(({ update }) => update.ref);
  if (doubt)
    return unprotected.length === 0 ? [] : [`${doubt.fault.code}: ${doubt.fault.what}`, ...unjudged(unprotected)];
  const branches = unprotected.filter((ref) => ref.startsWith(branchRef("")));
  if (!policy) {
    const enforced = floor ? "only the server's own is enforced" : "nothing is enforced";
    return branches.length > 0 ? [`this repository has no policy yet, so ${enforced}`] : [];
  }
  if (defaultBranch === undefined || !branches.includes(branchRef(defaultBranch))) return [];
  return [
    `the policy does not protect the default branch ${defaultBranch}, which it stands on, so nothing is enforced there`,
  ];
}

const FIRST =
  "this push brings the first policy, by the commit that the server names; it is in force from the next push on";

function unjudged(refs: readonly string[]): readonly string[] {
  const named = refs.slice(0, NAMED).map((ref) => `${ref} is not judged, as nothing says that it is protected`);
  return refs.length > NAMED ? [...named, `nor are ${refs.length - NAMED} more refs`] : named;
}
