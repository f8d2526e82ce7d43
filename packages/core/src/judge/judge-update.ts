import { CountersignError } from "../error.ts";
import type { ObjectId } from "../object/oid.ts";
import type { PolicyInForce } from "../policy/in-force.ts";
import type { Protection } from "../policy/policy.ts";
import { branchRef, isCreated, isDeleted, type RefUpdate } from "../ref.ts";
import type { Repository } from "../repository.ts";
import type { UpdateVerdict } from "./decision.ts";
import { dropLanded } from "./drop-landed.ts";
import { type JudgedRange, judgeCommits } from "./judge-commits.ts";
import { judgePolicyTip } from "./judge-policy-tip.ts";
import type { DatedPush } from "./judge-push.ts";
import { settleSignatures } from "./settle-signatures.ts";
import { type Violation, violation } from "./violation.ts";

/** An update that moves a protected branch. */
export interface ProtectedUpdate {
  readonly update: RefUpdate;
  readonly branch: string;
  readonly protection: Protection;
  /** The commits that count as judged there, with all that they reach. */
  readonly judged: readonly ObjectId[];
}

export type EnforcedPush = DatedPush & { readonly policy: PolicyInForce };

/** Judges what one update brings to a protected branch. */
export async function judgeUpdate(
  repository: Repository,
  push: EnforcedPush,
  { update, branch, protection, judged }: ProtectedUpdate,
): Promise<UpdateVerdict> {
  const verdict = { update, branch, mode: protection.mode, commits: 0, assisted: 0, judged: [] };
  if (isDeleted(update)) return { ...verdict, violations: [violation("BRANCH_DELETED", {})], faults: [] };

  const { policy } = push.policy;
  const violations: Violation[] = [];
  const faults: CountersignError[] = [];
  let range: JudgedRange | undefined;
  try {
    const [tip, old] = await Promise.all([
      repository.peelToCommit(update.new),
      isCreated(update) ? undefined : repository.peelToCommit(update.old),
    ]);
    if (!tip) throw new CountersignError("NOT_A_COMMIT", { ref: update.ref, oid: update.new });
    if (!old && !isCreated(update))
      faults.push(new CountersignError("TIP_UNKNOWN", { ref: update.ref, old: update.old }));

    const context = { branch: branchRef(branch), now: push.now };
    range = await judgeCommits(repository, policy, protection, { tips: [tip], exclude: judged }, context, push);
    range = await settleSignatures(repository, policy, protection, range, context, tip);
    range = await dropLanded(repository, range, judged);
    const rewritten = old && old !== tip && !range.trace.parents.has(old) && !(await repository.isAncestor(old, tip));
    if (rewritten && !push.merging) violations.push(violation("HISTORY_REWRITTEN", { old }));
    // What a merge of two lines that both moved on will make of the policy is not in either of them.
    const inForce = branch === push.destination.defaultBranch && !push.trial;
    if (inForce && !(rewritten && push.merging)) {
      violations.push(...(await judgePolicyTip(repository, push.policy, protection, tip, range, context)));
    }
  } catch (error) {
    // A fault must hide neither what was found before it nor the other updates. A defect of ours is no fault.
    if (!(error instanceof CountersignError)) throw error;
    faults.push(error);
  }
  return { ...verdict, ...range?.verdicts, violations, faults };
}
