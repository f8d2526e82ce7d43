import type { Decision } from "@countersign/core";
import { branchRef, type KnownPolicy } from "@countersign/core/internal";

/** A decision, and by what it was made. */
export interface Enforcement {
  readonly decision: Decision;
  readonly inForce: KnownPolicy;
  readonly defaultBranch: string | undefined;
  /** What stands there for the repository: a remote's name. */
  readonly repository: string;
  /** Where another policy is enforced beside its own. */
  readonly floor?: boolean;
}

/** How many refs are named; a push may bring thousands. */
const NAMED = 5;

/** Lines on what nothing was asked of, where a person may think that something is: because there is no policy, or by one that names another branch. */
export function formatUnenforced(enforcement: Enforcement): readonly string[] {
  const { decision, inForce, defaultBranch, repository, floor = false } = enforcement;
  const { policy, doubt } = inForce;
  const passed = decision.updates
    .filter(({ branch, faults }) => branch === undefined && faults.length === 0)
    .map(({ update }) => update.ref);
  if (doubt) return passed.length === 0 ? [] : [`${doubt.fault.code}: ${doubt.fault.what}`, ...formatUnjudged(passed)];
  const branches = passed.filter((ref) => ref.startsWith(branchRef("")));
  if (!policy) {
    const enforced = floor ? "only the server's own is enforced" : "nothing is enforced";
    return branches.length > 0 ? [`${repository} has no policy yet, so ${enforced}`] : [];
  }
  if (defaultBranch === undefined || !branches.includes(branchRef(defaultBranch))) return [];
  const patterns = policy.policy.protect.flatMap(({ branches }) => branches.map(({ pattern }) => pattern));
  const named = patterns.length === 0 ? "no branch" : patterns.join(", ");
  return [
    `the policy of ${repository} does not protect its default branch ${defaultBranch}, so nothing is enforced there; it protects ${named}. Was the branch renamed?`,
  ];
}

function formatUnjudged(refs: readonly string[]): readonly string[] {
  const named = refs.slice(0, NAMED).map((ref) => `${ref} is not judged, because nothing says that it is protected`);
  return refs.length > NAMED ? [...named, `nor are ${refs.length - NAMED} more refs`] : named;
}
