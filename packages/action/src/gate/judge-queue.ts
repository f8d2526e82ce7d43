import type { ObjectId } from "@countersign/core";
import { CountersignError } from "@countersign/core";
import { fetchLanding } from "./fetch-landing.ts";
import type { GateRepository } from "./gate-repository.ts";
import { type Judgement, judgeFetched, orUndecided } from "./judge-landing.ts";

/** What a merge queue would have a branch become. */
export interface QueuedGroup {
  /** The full name of the ref that the queue keeps it under. */
  readonly headRef: string;
  readonly head: ObjectId;
  readonly base: string;
  readonly defaultBranch: string;
}

/**
 * Judges a merge queue's group as a push of it: every commit that it adds to where the branch stands now, those of the
 * entries before it too, since the queue lands them together.
 */
export function judgeQueue(place: GateRepository, group: QueuedGroup): Promise<Judgement> {
  return orUndecided(judge(place, group));
}

async function judge(place: GateRepository, group: QueuedGroup): Promise<Judgement> {
  const fetched = await fetchLanding(place, group);
  if (fetched.head !== group.head) {
    const { head, headRef: name } = group;
    throw new CountersignError("REQUEST_NOT_FETCHED", { name, head, found: fetched.head });
  }
  return judgeFetched(place, fetched, group.base, undefined);
}
