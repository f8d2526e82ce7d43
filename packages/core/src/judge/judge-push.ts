import { mapAhead } from "../map-ahead.ts";
import type { ObjectId } from "../object/oid.ts";
import type { Repository } from "../repository.ts";
import { timeOrNow } from "../time.ts";
import { conclude, type Decision, type UpdateVerdict } from "./decision.ts";
import { type DatedPush, judgeLanding } from "./judge-landing.ts";
import { type Landing, type Plan, plan } from "./plan.ts";
import type { Push } from "./push.ts";

/**
 * This many landings of one commit each are judged together: a push may bring thousands of them, and asking git costs more
 * than its answer does. A longer landing is judged by itself beside those.
 */
const MOST = 50;
const TOGETHER = {
  most: MOST,
  costOf: (update: Landing | UpdateVerdict) => ("tip" in update && !update.isShort ? MOST : 1),
  cost: MOST,
};

/** How often chains of branches that accept each other are looked at, which is enough for any real push. */
const ROUNDS = 3;

/** Judges every update of a push, so that one report says everything that is wrong. */
export async function judgePush(repository: Repository, push: Push): Promise<Decision> {
  // The list belongs to this push alone: what is found for the whole push is kept under it.
  const dated = { ...push, updates: [...push.updates], now: timeOrNow(push.now) };
  const planned = await plan(repository, push);
  const verdicts: UpdateVerdict[] = [];
  const judge = async (update: Landing | UpdateVerdict): Promise<UpdateVerdict> =>
    "tip" in update ? judgeLanding(repository, dated, update) : update;
  for await (const verdict of mapAhead(planned.updates, judge, TOGETHER)) verdicts.push(verdict);
  await acceptLanded(repository, dated, planned, verdicts);
  return conclude(push.policy, verdicts);
}

/**
 * What a push brings to one branch, and is allowed there, counts for another one that accepts it, as if it had been pushed
 * before. Only what is refused is judged again, and only what was allowed without it can help, so that no two branches
 * vouch for each other.
 */
async function acceptLanded(
  repository: Repository,
  push: DatedPush,
  { updates, after }: Plan,
  verdicts: UpdateVerdict[],
): Promise<void> {
  const landings = new Map<number, Landing>();
  for (const [index, update] of updates.entries()) if ("tip" in update) landings.set(index, update);
  let landed = new Map<string, ObjectId>();
  const record = (index: number, { branch, tip }: Landing, verdict: UpdateVerdict): void => {
    verdicts[index] = verdict;
    if (conclude(push.policy, [verdict]).outcome !== "allow") return;
    landed.set(branch, tip);
    landings.delete(index);
  };
  for (const [index, landing] of landings) {
    const verdict = verdicts[index];
    if (verdict) record(index, landing, verdict);
  }
  for (let round = 0; round < ROUNDS && landings.size > 0 && landed.size > 0; round += 1) {
    const before = landed;
    landed = new Map();
    for (const [index, landing] of landings) {
      const helped = await after(landing, new Map([...before, ...landed]));
      if (!helped) continue;
      landings.set(index, helped);
      record(index, helped, await judgeLanding(repository, push, helped));
    }
  }
}
