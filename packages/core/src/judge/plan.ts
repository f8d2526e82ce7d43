import { CountersignError } from "../error.ts";
import type { ObjectId } from "../object/oid.ts";
import type { PolicyInForce } from "../policy/in-force.ts";
import { findProtection } from "../policy/policy.ts";
import { branchName, isCreated, isDeleted, type RefUpdate } from "../ref.ts";
import type { Repository } from "../repository.ts";
import type { UpdateVerdict } from "./decision.ts";
import { type Arrival, JudgedTips } from "./judged-tips.ts";
import type { Push } from "./push.ts";
import { violation } from "./violation.ts";

/** What an update puts on a protected branch. */
export interface Landing extends Arrival {
  readonly policy: PolicyInForce;
  /** The commits that count as judged there, with all that they reach. */
  readonly judged: readonly ObjectId[];
  /** What is not known of it. */
  readonly faults: readonly CountersignError[];
}

/** What each update of a push puts where: a landing to be judged, or a verdict where there is nothing to. */
export interface Plan {
  readonly updates: readonly (Landing | UpdateVerdict)[];
  /** The landing with what else counts as judged once the same push has moved other branches; undefined where nothing does. */
  readonly after: (landing: Landing, landed: ReadonlyMap<string, ObjectId>) => Promise<Landing | undefined>;
}

/** By refs alone, and by the lines of the branches that they name. */
export async function plan(repository: Repository, push: Push): Promise<Plan> {
  const { policy, updates } = push;
  if (!policy) return { updates: updates.map((update) => verdictOn(update)), after: async () => undefined };
  const tips = new JudgedTips(repository, push, policy);
  const planned: (Landing | UpdateVerdict)[] = [];
  for (const update of updates) planned.push(await planUpdate(repository, push, policy, update, tips));
  const after: Plan["after"] = async (landing, landed) => {
    const judged = await tips.after(landing, landed);
    return judged && { ...landing, judged };
  };
  return { updates: planned, after };
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
  if (isNamedHead(update)) {
    return verdictOn(update, {
      mode: policy.policy.mode,
      violations: [violation("BRANCH_NAMED_HEAD", { ref: update.ref })],
    });
  }
  // A push to a symbolic ref moves the branch that it stands for.
  const branch = branchName(destination.aliases.get(update.ref) ?? update.ref);
  const protection = branch === undefined ? undefined : findProtection(policy.policy, branch);
  if (branch === undefined || !protection) return verdictOn(update);
  const { mode } = protection;
  if (isDeleted(update)) return verdictOn(update, { branch, mode, violations: [violation("BRANCH_DELETED", {})] });
  try {
    const [tip, old] = await Promise.all([
      repository.peelToCommit(update.new),
      isCreated(update) ? undefined : repository.peelToCommit(update.old),
    ]);
    if (!tip) throw new CountersignError("NOT_A_COMMIT", { ref: update.ref, oid: update.new });
    const known = old || isCreated(update);
    const faults = known ? [] : [new CountersignError("TIP_UNKNOWN", { ref: update.ref, old: update.old })];
    const arrival = { update, branch, protection, tip, old };
    return { ...arrival, policy, judged: await tips.of(arrival), faults };
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

/** Where names differ in case alone, `head` is the same file as `HEAD`. */
function isNamedHead(update: RefUpdate): boolean {
  return branchName(update.ref)?.toLowerCase() === "head" && !isDeleted(update);
}
