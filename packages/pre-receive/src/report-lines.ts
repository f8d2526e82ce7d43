import { branchRef } from "@countersign/core/internal";
import { escapeLine, formatDecision, PLAIN } from "@countersign/report";
import type { Received } from "./pre-receive.ts";

/** What the one who pushes reads: the report of pre-push, with the words of the place where nobody can skip it. */
export function reportLines(received: Received): readonly string[] {
  const notices = noticesOf(received).map((notice) => `countersign: ${escapeLine(notice)}`);
  return [...notices, ...formatDecision(received.decision, PLAIN)];
}

function noticesOf({ decision, inForce, defaultBranch }: Received): readonly string[] {
  const { policy, doubt } = inForce;
  const unprotected = decision.updates.filter(({ branch }) => branch === undefined).map(({ update }) => update.ref);
  if (doubt) {
    if (unprotected.length === 0) return [];
    const passes = "not judged, as nothing says that it is protected";
    return [`${doubt.fault.code}: ${doubt.fault.what}`, ...unprotected.map((ref) => `${ref} is ${passes}`)];
  }
  const branches = unprotected.filter((ref) => ref.startsWith(branchRef("")));
  if (!policy) return branches.length > 0 ? ["this repository has no policy yet, so nothing is enforced"] : [];
  if (defaultBranch === undefined || !branches.includes(branchRef(defaultBranch))) return [];
  return [
    `the policy does not protect the default branch ${defaultBranch}, which it stands on, so nothing is enforced there`,
  ];
}
