import { type Outcome, weigh } from "../judge/decision.ts";
import type { ObjectId } from "../object/oid.ts";
import type { PolicyInForce } from "../policy/in-force.ts";
import type { Destination } from "../ref.ts";
import type { Repository } from "../repository.ts";
import { type AuditedLanding, isSound, withoutSound } from "./audited-landing.ts";
import { judgeAgain } from "./judge-again.ts";
import { countReached, landedAt, laterTips, readLine } from "./line.ts";
import { PastPolicies } from "./past-policies.ts";
import { followPolicy } from "./policy-line.ts";

/** The branch whose history is judged again, and what is known now. */
export interface AuditPlan {
  /** By short name. */
  readonly branch: string;
  readonly tip: ObjectId;
  /** As it is now: the ledger, and branches whose work counts here. */
  readonly destination: Destination;
  /** The policy of now: where history begins, and which keys are revoked. */
  readonly policy: PolicyInForce | undefined;
  /** Whether everything is judged by that policy, in place of those that stood when it landed. */
  readonly trial: boolean;
  /** Seconds since 1970. */
  readonly now: number;
  /** Only what landed since, in seconds since 1970. */
  readonly since?: number | undefined;
  /** Told now and then how many landings were judged. */
  readonly progress?: (landings: number) => void;
  /** Told of each landing, sound ones too, with all that was judged in it, the oldest first. */
  readonly each?: (landing: AuditedLanding) => void;
}

export interface Audit {
  readonly branch: string;
  readonly tip: ObjectId;
  readonly outcome: Outcome;
  /** Where the branch stood before the first landing that was judged; undefined where none was, or it did not exist. */
  readonly from: ObjectId | undefined;
  readonly landings: number;
  /** The landings at which no policy protected the branch, so that nothing was asked. */
  readonly unprotected: number;
  /** How many commits landed while it was protected, and how many of them are assisted. */
  readonly commits: number;
  readonly assisted: number;
  /** The landings with which something is wrong, the oldest first. */
  readonly found: readonly AuditedLanding[];
}

/** Judges the history of a branch again, landing by landing, each by the policy that stood before it. */
export async function audit(repository: Repository, plan: AuditPlan): Promise<Audit> {
  const { branch, tip, destination, policy: current, trial, now, since = Number.NEGATIVE_INFINITY } = plan;
  const { baseline: named, project, revoked = new Set<string>() } = current?.policy ?? {};
  const baseline = named && (await repository.peelToCommit(named));
  const line = await readLine(repository, tip, { branch, project }, baseline);
  const start = baseline ? await countReached(repository, line, baseline) : 0;
  const policies = new PastPolicies(repository, { branch, tip, destination, revoked });
  const tried = trial && current ? policies.by(current) : undefined;
  const found: AuditedLanding[] = [];
  const counts = { landings: 0, unprotected: 0, commits: 0, assisted: 0 };
  let from: ObjectId | undefined;
  let isAdopted = tried !== undefined;
  for await (const { index, at, before } of followPolicy(repository, line, start)) {
    isAdopted ||= before.length > 0;
    const landed = landedAt(line, index, now);
    // What brought the first policy is no landing: nothing was in force.
    if (!isAdopted || landed < since) continue;
    if (counts.landings === 0) from = at.parent;
    const past = { by: now, later: laterTips(line, index) };
    const terms = tried ?? (await policies.at(at.parent ?? at.commit, before));
    const judged = await judgeAgain(repository, plan, { at, landed, past }, terms);
    const { verdict } = judged;
    counts.landings += 1;
    counts.unprotected += verdict.branch === undefined ? 1 : 0;
    counts.commits += verdict.commits;
    counts.assisted += verdict.assisted;
    plan.each?.(judged);
    if (!isSound(judged)) found.push(withoutSound(judged));
    plan.progress?.(counts.landings);
  }
  return { branch, tip, outcome: weigh(found.map(({ outcome }) => outcome)), from, ...counts, found };
}
