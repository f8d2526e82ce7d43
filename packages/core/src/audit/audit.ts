import { type Outcome, weigh } from "../judge/decision.ts";
import type { ObjectId } from "../object/oid.ts";
import type { Destination } from "../ref.ts";
import type { Repository } from "../repository.ts";
import { type AuditedLanding, isSound, withoutSound } from "./audited-landing.ts";
import { judgeAgain } from "./judge-again.ts";
import { type LandingsPlan, listLandings } from "./list-landings.ts";
import { PastPolicies } from "./past-policies.ts";

/** The branch whose history is judged again, and what is known now. */
export interface AuditPlan extends LandingsPlan {
  /** As it is now: the ledger, and branches whose work counts here. */
  readonly destination: Destination;
  /** Called now and then with how many landings were judged. */
  readonly progress?: (landings: number) => void;
  /** Called with each landing, sound ones too, with all that was judged in it, the oldest first. */
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
  const { branch, tip } = plan;
  const policies = new PastPolicies(repository, plan);
  const found: AuditedLanding[] = [];
  const counts = { landings: 0, unprotected: 0, commits: 0, assisted: 0 };
  let from: ObjectId | undefined;
  for await (const landing of listLandings(repository, plan)) {
    if (counts.landings === 0) from = landing.at.parent;
    const judged = await judgeAgain(repository, plan, landing, await policies.before(landing));
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
