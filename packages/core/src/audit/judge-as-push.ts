import type { UpdateVerdict } from "../judge/decision.ts";
import { judgePush } from "../judge/judge-push.ts";
import type { Repository } from "../repository.ts";
import { type LandingPlace, updateOf } from "./landing-place.ts";
import type { PastLanding } from "./line/list-landings.ts";
import type { PastTerms } from "./past-policies.ts";

/** Judges a landing as the push that it may have come by. */
export async function judgeAsPush(
  repository: Repository,
  place: LandingPlace,
  { at, landed, past }: PastLanding,
  { policy, doubt, branches: known }: PastTerms,
): Promise<UpdateVerdict> {
  const { branch, destination, trial } = place;
  const branches = new Map(known);
  if (at.parent) branches.set(branch, at.parent);
  const {
    updates: [verdict],
  } = await judgePush(repository, {
    updates: [updateOf(place, at, repository.format)],
    destination: { ...destination, branches },
    policy,
    doubt,
    trial,
    now: landed,
    past,
  });
  if (!verdict) throw new Error("a push of one update has one verdict");
  return verdict;
}
