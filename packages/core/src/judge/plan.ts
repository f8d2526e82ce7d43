import { CountersignError } from "../error.ts";
import type { ObjectId } from "../object/oid.ts";
import type { PolicyInForce } from "../policy/in-force.ts";
import { findProtection } from "../policy/policy.ts";
import { branchName, isCreated, isDeleted, type RefUpdate } from "../ref.ts";
import type { Repository } from "../repository.ts";
import type { UpdateVerdict } from "./decision.ts";
import type { Target } from "./gather/open-case.ts";
import { JudgedTips } from "./judged-tips.ts";
import type { Push } from "./push.ts";
import { violation } from "./violation.ts";

/** What an update puts on a protected branch. */
export interface Landing extends Target {
  readonly update: RefUpdate;
  readonly policy: PolicyInForce;
  readonly tip: ObjectId;
  /** The commit that the branch stood at; undefined where it is created, or that commit is not here. */
  readonly old: ObjectId | undefined;
  /** The commits that count as judged there, with all that they reach. */
  readonly judged: readonly ObjectId[];
  /** What is not known of it. */
  readonly faults: readonly CountersignError[];
}

/** By refs alone, what each update of a push puts where: a landing to be judged, or a verdict where there is nothing to. */
export async function plan(repository: Repository, push: Push): Promise<readonly (Landing | UpdateVerdict)[]> {
  const { policy, updates } = push;
  const tips = policy && new JudgedTips(repository, push, policy);
  const planned: (Landing | UpdateVerdict)[] = [];
  for (const update of updates) {
    const doubtful = planDoubtful(push, update);
    if (doubtful) planned.push(doubtful);
    else planned.push(tips && policy ? await planUpdate(repository, push, policy, update, tips) : verdictOn(update));
  }
  return planned;
}

/** The verdict on a branch of which it is not known whether, and how, it is protected. */
function planDoubtful({ destination, doubt }: Push, update: RefUpdate): UpdateVerdict | undefined {
  const branch = branchName(destination.aliases.get(update.ref) ?? update.ref);
  return doubt && branch !== undefined && doubt.mayProtect(branch)
    ? verdictOn(update, { branch, faults: [doubt.fault] })
    : undefined;
}

async function planUpdate(
  repository: Repository,
  { destination }: Push,
  policy: PolicyInForce,
  update: RefUpdate,
  tips: JudgedTips,
): Promise<Landing | UpdateVerdict> {
  if (update.ref.startsWith("refs/replace/") && !isDeleted(update)) {
    return verdictOn(update, { mode: policy.policy.mode, violations: [violation("REPLACEMENT_PUSHED", {})] });
  }
  // A push to a symbolic ref moves the branch that it stands for.
  const branch = branchName(destination.aliases.get(update.ref) ?? update.ref);
  const protection = branch === undefined ? undefined : findProtection(policy.policy, branch);
  if (branch === undefined || !protection) return verdictOn(update);
  const { mode } = protection;
  if (isDeleted(update)) return verdictOn(update, { branch, mode, violations: [violation("BRANCH_DELETED", {})] });
  const judged = await tips.of(protection);
  try {
    const [tip, old] = await Promise.all([
      repository.peelToCommit(update.new),
      isCreated(update) ? undefined : repository.peelToCommit(update.old),
    ]);
    if (!tip) throw new CountersignError("NOT_A_COMMIT", { ref: update.ref, oid: update.new });
    const known = old || isCreated(update);
    const faults = known ? [] : [new CountersignError("TIP_UNKNOWN", { ref: update.ref, old: update.old })];
    return { update, policy, branch, protection, tip, old, judged, faults };
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    return verdictOn(update, { branch, mode, faults: [error] });
  }
}

/** A verdict for which no commit is looked at. */
function verdictOn(update: RefUpdate, found: Partial<UpdateVerdict> = {}): UpdateVerdict {
  return {
    update,
    branch: undefined,
    mode: "enforce",
    commits: 0,
    assisted: 0,
    judged: [],
    violations: [],
    faults: [],
    ...found,
  };
}
