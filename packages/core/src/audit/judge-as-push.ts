import type { UpdateVerdict } from "../judge/decision.ts";
import { judgePush } from "../judge/judge-push.ts";
import type { Past } from "../judge/push.ts";
import type { Repository } from "../repository.ts";
import { type LandingPlace, updateOf } from "./landing-place.ts";
import { type PastLanding, pastOf } from "./line/past-landing.ts";
import type { PastTerms } from "./past-policies.ts";

/** What is known of the commits that a landing brought, before it is judged. */
export type KnownBefore = Pick<Past, "trace" | "made">;

/** Judges a landing as the push that it may have come by. */
export async function judgeAsPush(
  repository: Repository,
  place: LandingPlace,
  landing: PastLanding,
  { policy, doubt, branches: others }: PastTerms,
  known: KnownBefore = {},
): Promise<UpdateVerdict> {
  const { branch, destination, trial } = place;
  const { at, landed } = landing;
  const branches = new Map(others);
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
    past: { ...pastOf(landing), ...known },
  });
  if (!verdict) throw new Error("a push of one update has one verdict");
  return verdict;
}
