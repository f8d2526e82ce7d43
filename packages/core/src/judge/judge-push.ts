import type { ObjectId } from "../object/oid.ts";
import type { PolicyInForce } from "../policy/in-force.ts";
import { findProtection } from "../policy/policy.ts";
import { branchName, type Destination, isDeleted, type RefUpdate } from "../ref.ts";
import type { Repository } from "../repository.ts";
import { timeOrNow } from "../time.ts";
import { type Decision, decide, type UpdateVerdict } from "./decision.ts";
import { judgeUpdate } from "./judge-update.ts";
import { JudgedTips } from "./judged-tips.ts";
import { violation } from "./violation.ts";

/** A push that is about to happen. */
export interface Push {
  readonly updates: readonly RefUpdate[];
  readonly destination: Destination;
  /** The policy as it stood before the push; without one nothing is protected. */
  readonly policy: PolicyInForce | undefined;
  /** Seconds since 1970; absent, now by the clock: a commit's own dates prove nothing. */
  readonly now?: number;
  /** Whether the policy is only tried out, so that no tip can be said to change it. */
  readonly trial?: boolean;
  /** Whether the new tips are to be merged instead of taking the old ones' place, as a pull request's head is. */
  readonly merging?: boolean;
  /** A commit whose verdict is wanted though nothing may be asked of it. */
  readonly also?: ObjectId;
  /** Told now and then how many commits were judged. */
  readonly progress?: (commits: number) => void;
}

/** One whose time is known. */
export type DatedPush = Push & { readonly now: number };

/** Judges every update of a push, so that one report tells everything that is wrong. */
export async function judgePush(repository: Repository, push: Push): Promise<Decision> {
  const now = timeOrNow(push.now);
  const tips = push.policy && new JudgedTips(repository, push, push.policy);
  const verdicts: UpdateVerdict[] = [];
  for (const update of push.updates) verdicts.push(await judgeRef(repository, { ...push, now }, update, tips));
  return decide(push.policy, verdicts);
}

async function judgeRef(
  repository: Repository,
  push: DatedPush,
  update: RefUpdate,
  tips: JudgedTips | undefined,
): Promise<UpdateVerdict> {
  const { policy, destination } = push;
  if (!policy || !tips) return unprotected(update);
  if (update.ref.startsWith("refs/replace/") && !isDeleted(update)) {
    return { ...unprotected(update), mode: policy.policy.mode, violations: [violation("REPLACEMENT_PUSHED", {})] };
  }
  // A push to a symbolic ref moves the branch that it stands for.
  const ref = destination.aliases.get(update.ref) ?? update.ref;
  const branch = branchName(ref);
  const protection = branch === undefined ? undefined : findProtection(policy.policy, branch);
  if (branch === undefined || !protection) return unprotected(update);
  const judged = isDeleted(update) ? [] : await tips.of(protection);
  return judgeUpdate(repository, { ...push, policy }, { update, branch, protection, judged });
}

function unprotected(update: RefUpdate): UpdateVerdict {
  return {
    update,
    branch: undefined,
    mode: "enforce",
    commits: 0,
    assisted: 0,
    judged: [],
    violations: [],
    faults: [],
  };
}
