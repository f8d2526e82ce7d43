import { CountersignError } from "../error.ts";
import type { ObjectId } from "../object/oid.ts";
import type { PolicyInForce } from "../policy/in-force.ts";
import type { Policy, Protection } from "../policy/policy.ts";
import { findProtection } from "../policy/protection.ts";
import { branchName, isCreated, isDeleted, type RefUpdate } from "../ref.ts";
import type { Repository } from "../repository.ts";
import type { UpdateVerdict } from "./decision.ts";
import { judgePolicyTip } from "./judge-policy-tip.ts";
import { type JudgedRange, judgeCommits } from "./judge-commits.ts";
import type { Push } from "./judge-push.ts";
import { type Violation, violation } from "./violation.ts";

/** An update that moves a protected branch. */
export interface ProtectedUpdate {
  readonly update: RefUpdate;
  readonly branch: string;
  readonly protection: Protection;
}

type EnforcedPush = Push & { readonly policy: PolicyInForce };

/** Judges what one update brings to a protected branch. */
export async function judgeUpdate(
  repository: Repository,
  push: EnforcedPush,
  target: ProtectedUpdate,
): Promise<UpdateVerdict> {
  const { update, branch, protection } = target;
  const verdict = { update, branch, mode: protection.mode, commits: 0, assisted: 0, judged: [] };
  if (isDeleted(update)) return { ...verdict, violations: [violation("BRANCH_DELETED", {})], faults: [] };

  const violations: Violation[] = [];
  const faults: CountersignError[] = [];
  let range: JudgedRange | undefined;
  try {
    const tip = await repository.peelToCommit(update.new);
    if (!tip) throw new CountersignError("NOT_A_COMMIT", { ref: update.ref, oid: update.new });
    const old = isCreated(update) ? undefined : await repository.peelToCommit(update.old);
    if (!old && !isCreated(update)) faults.push(new CountersignError("TIP_UNKNOWN", { ref: update.ref, old: update.old }));

    const exclude = await findJudged(repository, push, target, old);
    range = await judgeCommits(repository, push.policy.policy, protection, { tips: [tip], exclude }, push.progress);
    const rewritten = old && old !== tip && !range.parents.has(old) && !(await repository.isAncestor(old, tip));
    if (rewritten && !push.merging) violations.push(violation("HISTORY_REWRITTEN", { old }));
    // What a merge of two lines that both moved on will make of the policy is not in either of them.
    if (branch === push.destination.defaultBranch && !(rewritten && push.merging)) {
      violations.push(...(await judgePolicyTip(repository, push.policy, protection, tip, range)));
    }
  } catch (error) {
    // A fault must hide neither what was found before it nor the other updates. A defect of ours is no fault.
    if (!(error instanceof CountersignError)) throw error;
    faults.push(error);
  }
  return { ...verdict, ...range?.verdicts, violations, faults };
}

/**
 * The commits that count as judged for this branch, with all that they reach: its old tip, the baseline, and the
 * tips of branches that are guarded by the same entry or that the entry accepts. A weaker branch's tip is none
 * of them, nor is anything that merely lies on the remote.
 */
async function findJudged(
  repository: Repository,
  { policy, destination, updates }: EnforcedPush,
  { branch, protection }: ProtectedUpdate,
  old: ObjectId | undefined,
): Promise<readonly ObjectId[]> {
  const tips = new Map(destination.branches);
  // What this very push moves stands where the push says, not where it was last seen.
  for (const update of updates) {
    const name = branchName(update.ref);
    if (name === undefined) continue;
    if (isCreated(update)) tips.delete(name);
    // An old tip that is not here yet leaves the one last seen of this branch to go by.
    else if (name !== branch || old) tips.set(name, update.old);
  }
  const judged = new Set<ObjectId>();
  for (const [name, tip] of tips) {
    if (name === branch || countsHere(policy.policy, protection, name)) {
      const commit = await repository.peelToCommit(tip);
      if (commit) judged.add(commit);
    }
  }
  if (old) judged.add(old);
  const { baseline } = policy.policy;
  const known = baseline === undefined ? undefined : await repository.peelToCommit(baseline);
  if (known) judged.add(known);
  return [...judged];
}

function countsHere(policy: Policy, protection: Protection, branch: string): boolean {
  return findProtection(policy, branch) === protection || protection.accepts.some((glob) => glob.matches(branch));
}
