import { CountersignError } from "../error.ts";
import type { ObjectId } from "../object/oid.ts";
import type { PolicyInForce } from "../policy/in-force.ts";
import type { Repository } from "../repository.ts";
import { decide } from "./decide/decide.ts";
import type { UpdateVerdict } from "./decision.ts";
import { excludeLanded } from "./exclude-landed.ts";
import { gather } from "./gather/gather.ts";
import type { Landing } from "./plan.ts";
import { type PolicyAfter, policyAfter } from "./policy-after.ts";
import type { Push } from "./push.ts";
import { relate } from "./relate/relate.ts";
import { NO_RELATIONS } from "./relate/relations.ts";
import { type Violation, violation } from "./violation.ts";

/** A push by a policy at a time. */
export interface EnforcedPush extends Push {
  readonly policy: PolicyInForce;
  readonly now: number;
}

const UNCHANGED: PolicyAfter = { rollbacks: [], violations: [] };

/** Judges what an update puts on a protected branch. `also`: a commit whose verdict is wanted whatever is asked of it. */
export async function judgeLanding(
  repository: Repository,
  push: EnforcedPush,
  landing: Landing,
  also?: ObjectId,
): Promise<UpdateVerdict> {
  const { updates, progress, now, destination, trial = false, merging = false } = push;
  const { policy } = push.policy;
  const { update, branch, protection, tip, old, judged } = landing;
  const faults = [...landing.faults];
  const verdict = {
    update,
    branch,
    mode: protection.mode,
    commits: 0,
    assisted: 0,
    judged: [],
    violations: [],
    faults,
  };
  /** A fault must hide neither what was found before it nor the other updates. A defect of ours is not a fault. */
  const attempt = <Found>(stage: Promise<Found>): Promise<Found | undefined> =>
    stage.catch((error) => {
      if (!(error instanceof CountersignError)) throw error;
      faults.push(error);
      return undefined;
    });

  const options = { updates, also, progress };
  const range = await attempt(gather(repository, policy, landing, { tips: [tip], exclude: judged }, options));
  if (!range) return verdict;
  const { cases, shape } = range;
  const rewritten = await attempt(isRewritten(repository, landing, shape.parents));
  // What a merge of two lines that both moved on will make of the policy is not in either of them.
  const inForce = branch === destination.defaultBranch && !trial && !(rewritten && merging);
  const after = (inForce && (await attempt(policyAfter(repository, push.policy, landing, range)))) || UNCHANGED;
  const related = { branch, tip, merges: shape.merges };
  const relations =
    (await attempt(relate(repository, policy, related, [...cases, ...after.rollbacks]))) ?? NO_RELATIONS;

  const decided = { ...range, judged: decide(policy, cases, relations, () => now) };
  const found = shape.exact ? decided : ((await attempt(excludeLanded(repository, decided, judged))) ?? decided);
  const violations: Violation[] = [];
  if (rewritten && old && !merging) violations.push(violation("HISTORY_REWRITTEN", { old }));
  const rollbacks = decide(policy, after.rollbacks, relations, () => now);
  violations.push(...rollbacks.flatMap((rollback) => rollback.violations), ...after.violations);
  const isTold = found.judged.some(({ violations: own }) => own.some(({ code }) => code === "POLICY_REMOVED"));
  if (after.removed && !isTold) violations.push(after.removed);
  const { commits, assisted } = found;
  return { ...verdict, commits, assisted, judged: found.judged, violations };
}

/** Whether the branch's old tip is not among what the new one reaches. `parents`: judged tips that the range builds on. */
async function isRewritten(
  repository: Repository,
  { old, tip }: Landing,
  parents: ReadonlySet<ObjectId>,
): Promise<boolean> {
  return old !== undefined && old !== tip && !parents.has(old) && !(await repository.isAncestor(old, tip));
}
