import { type Outcome, weigh } from "../judge/decision.ts";
import { mapAhead } from "../map-ahead.ts";
import { isZeroOid, type ObjectId } from "../object/oid.ts";
import { branchName, type Destination } from "../ref.ts";
import type { Repository } from "../repository.ts";
import { type AuditedLanding, isSound, withoutSound } from "./audited-landing.ts";
import { judgeAgain } from "./judge-again.ts";
import type { AuditCache } from "./kept-windows.ts";
import { inStretches, inWindows } from "./line/landing-windows.ts";
import { type LandingsPlan, listLandings } from "./line/list-landings.ts";
import type { PastLanding } from "./line/past-landing.ts";
import type { Shard } from "./line/shard.ts";
import { PastPolicies } from "./past-policies.ts";
import { findPlain } from "./sieve.ts";

/** The branch whose history is judged again, and what is known now. */
export interface AuditPlan extends LandingsPlan {
  /** As it is now: the ledger, and branches whose work counts here. */
  readonly destination: Destination;
  /** What was found before is kept there. */
  readonly cache?: AuditCache | undefined;
  /** Called now and then with how many landings were judged. */
  readonly progress?: (landings: number) => void;
  /** Called with each landing, sound ones too, with all that was judged in it, the oldest first. */
  readonly each?: (landing: AuditedLanding) => void;
}

export interface Audit {
  readonly branch: string;
  readonly tip: ObjectId;
  readonly outcome: Outcome;
  /** Where the branch stood before the first landing that was judged; undefined if none was, or it did not exist. */
  readonly from: ObjectId | undefined;
  readonly landings: number;
  /** The landings at which no policy protected the branch, so that nothing was asked. */
  readonly unprotected: number;
  /** How many commits landed while it was protected, and how many of them are assisted. */
  readonly commits: number;
  readonly assisted: number;
  /** The landings with which something is wrong, the oldest first. */
  readonly found: readonly AuditedLanding[];
  /** Which part of history was judged, where that is not all of it. */
  readonly shard?: Shard | undefined;
  /** Since when, in seconds since 1970; undefined if that was not asked. */
  readonly since: number | undefined;
  /** Whether all of it was judged by one policy. */
  readonly trial: boolean;
  /** Where the ledger stands that today's policy names; undefined if there is none. */
  readonly ledger: ObjectId | undefined;
}

/** Judges the history of a branch again, landing by landing, each by the policy that stood before it. */
export async function audit(repository: Repository, plan: AuditPlan): Promise<Audit> {
  const { branch, tip, policy, destination, since, trial } = plan;
  const ledger = policy?.policy.ledger;
  const found: AuditedLanding[] = [];
  const counts = { landings: 0, unprotected: 0, commits: 0, assisted: 0 };
  let from: ObjectId | undefined;
  for await (const judged of judgeAll(repository, plan)) {
    const { verdict } = judged;
    if (counts.landings === 0) from = isZeroOid(verdict.update.old) ? undefined : verdict.update.old;
    counts.landings += 1;
    counts.unprotected += verdict.branch === undefined ? 1 : 0;
    counts.commits += verdict.commits;
    counts.assisted += verdict.assisted;
    plan.each?.(judged);
    if (!isSound(judged)) found.push(withoutSound(judged));
    plan.progress?.(counts.landings);
  }
  return {
    branch,
    tip,
    outcome: weigh(found.map(({ outcome }) => outcome)),
    from,
    ...counts,
    found,
    shard: plan.shard,
    since,
    trial,
    ledger: ledger === undefined ? undefined : destination.branches.get(branchName(ledger) ?? ledger),
  };
}

/** How many landings are judged together: asking git costs more than its answer does. */
const TOGETHER = { most: 50 };

async function* judgeAll(repository: Repository, plan: AuditPlan): AsyncGenerator<AuditedLanding> {
  const policies = new PastPolicies(repository, plan);
  for await (const stretch of inStretches(inWindows(listLandings(repository, plan), policies))) {
    const { plainOf, trace } = await findPlain(repository, plan, stretch, plan.cache);
    const judge = (landing: PastLanding): Promise<AuditedLanding> =>
      judgeAgain(repository, plan, landing, policies, { trace });
    const landings = stretch.flatMap((window) => window.landings);
    const others = landings.filter((landing) => !plainOf(landing));
    const judged = mapAhead(others, judge, TOGETHER);
    for (const landing of landings) {
      const found = plainOf(landing) ?? (await judged.next()).value;
      if (!found) throw new Error("each landing is judged");
      yield found;
    }
  }
}
