import { CountersignError } from "../error.ts";
import { mapAhead } from "../map-ahead.ts";
import { parseCommit } from "../object/commit.ts";
import type { ObjectId } from "../object/oid.ts";
import type { PolicyInForce } from "../policy/in-force.ts";
import { findProtection, isLedger } from "../policy/policy.ts";
import { branchName, isCreated, isDeleted, type RefUpdate } from "../ref.ts";
import type { Repository } from "../repository.ts";
import type { UpdateVerdict } from "./decision.ts";
import { type Arrival, JudgedTips } from "./judged-tips.ts";
import { judgeLedgerUpdate } from "./ledger-update.ts";
import type { Push } from "./push.ts";
import { violation } from "./violation.ts";

/** What an update puts on a protected branch. */
export interface Landing extends Arrival {
  readonly policy: PolicyInForce;
  /** The commits that count as judged there, with all that they reach. */
  readonly judged: readonly ObjectId[];
  /** Where the branch stood, as far as is known here; undefined if it is created. */
  readonly stood: ObjectId | undefined;
  /** What is not known about it. */
  readonly faults: readonly CountersignError[];
  /** Whether it is sure to bring no commit but its tip. */
  readonly isShort: boolean;
}

/** What each update of a push puts where: a landing to be judged, or a verdict if there is nothing to judge. */
export interface Plan {
  readonly updates: readonly (Landing | UpdateVerdict)[];
  /** The landing with what else counts as judged once the same push has moved other branches; undefined if nothing does. */
  readonly after: (landing: Landing, landed: ReadonlyMap<string, ObjectId>) => Promise<Landing | undefined>;
}

/** For this many updates objects are asked for together: asking git costs more than its answer does. */
const TOGETHER = { most: 100 };

/** By refs alone, and by the lines of the branches that they name. */
export async function plan(repository: Repository, push: Push): Promise<Plan> {
  const { policy, updates } = push;
  const tips = policy && new JudgedTips(repository, push, policy);
  const planned: (Landing | UpdateVerdict)[] = [];
  const planOne = async (update: RefUpdate): Promise<Landing | UpdateVerdict> => {
    const found = planForbidden(push, update) ?? planDoubtful(push, update);
    return found ?? (tips && policy ? planUpdate(repository, push, policy, update, tips) : verdictOn(update));
  };
  for await (const each of mapAhead(updates, planOne, TOGETHER)) planned.push(each);
  const after: Plan["after"] = async (landing, landed) => {
    const judged = await tips?.after(landing, landed);
    return judged && { ...landing, judged };
  };
  return { updates: planned, after };
}

/** The verdict on a ref that must not be pushed where there is, or may be, a policy. */
function planForbidden({ policy, doubt }: Push, update: RefUpdate): UpdateVerdict | undefined {
  if ((!policy && !doubt) || isDeleted(update)) return undefined;
  const mode = policy?.policy.mode ?? "enforce";
  if (update.ref.startsWith("refs/replace/")) {
    return verdictOn(update, { mode, violations: [violation("REPLACEMENT_PUSHED", {})] });
  }
  if (!isNamedHead(update)) return undefined;
  return verdictOn(update, { mode, violations: [violation("BRANCH_NAMED_HEAD", { ref: update.ref })] });
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
  // A push to a symbolic ref moves the branch that it stands for.
  const branch = branchName(destination.aliases.get(update.ref) ?? update.ref);
  if (branch === undefined) return verdictOn(update);
  if (isLedger(policy.policy, branch)) {
    const judged = await judgeLedgerUpdate(repository, policy.policy, branch, update);
    return verdictOn(update, { mode: policy.policy.mode, ...judged });
  }
  const protection = findProtection(policy.policy, branch);
  if (!protection) return verdictOn(update);
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
    const stood = old ?? (isCreated(update) ? undefined : destination.branches.get(branch));
    const judged = await tips.of(arrival);
    const { parents, malformed } = parseCommit(await repository.commit(tip));
    const isShort = malformed === undefined && parents.length > 0 && parents.every((oid) => judged.includes(oid));
    return { ...arrival, policy, judged, stood, faults, isShort };
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    return verdictOn(update, { branch, mode, faults: [error] });
  }
}

/** A verdict without looking at any commit. */
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
  return branchName(update.ref)?.toLowerCase() === "head";
}
