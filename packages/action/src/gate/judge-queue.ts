import { type ObjectId, parseCommit } from "@countersign/core";
import { countsReviews, subjectLine } from "@countersign/core/internal";
import { listRange } from "@countersign/git/internal";
import { type FetchedLanding, fetchLanding } from "./fetch-landing.ts";
import type { Forge } from "./forge.ts";
import type { GateRepository } from "./gate-repository.ts";
import { type Judgement, judgeFetched, orUndecided } from "./judge-landing.ts";
import { readReviews } from "./read-reviews.ts";

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
export function judgeQueue(forge: Forge, place: GateRepository, group: QueuedGroup): Promise<Judgement> {
  return orUndecided(judge(forge, place, group));
}

async function judge(forge: Forge, place: GateRepository, group: QueuedGroup): Promise<Judgement> {
  const { head, headRef: name } = group;
  const fetched = await fetchLanding(place, { ...group, expected: { name, head } });
  const counts = fetched.policy && countsReviews(fetched.policy);
  const reviews = counts
    ? await readReviews(
        forge,
        place,
        { base: group.base, isOpen: true },
        await listEntries(forge, place, fetched, group),
      )
    : [];
  return judgeFetched(place, fetched, group.base, { reviews });
}

/**
 * The requests that a group may hold: no forge says which, but the queue writes their numbers into the ref's name and the
 * first lines of messages. Anyone can write such a line: of those that are named only the open ones for this branch count.
 */
async function listEntries(
  forge: Forge,
  place: GateRepository,
  { head, base }: FetchedLanding,
  { headRef, base: branch }: QueuedGroup,
): Promise<readonly number[]> {
  const subjects = await place.read(async (repository) => {
    const ids = await listRange(repository.context, head, [base]);
    return Promise.all(ids.map(async (oid) => subjectLine(parseCommit(await repository.commit(oid)))));
  });
  const named = [
    /\/pr-(\d{1,10})-/.exec(headRef)?.[1],
    ...subjects.map((subject) => /#(\d{1,10})\b/.exec(subject)?.[1]),
  ];
  const open = new Set(await forge.openRequests(branch));
  return [...new Set(named.map(Number))].filter((number) => open.has(number));
}
