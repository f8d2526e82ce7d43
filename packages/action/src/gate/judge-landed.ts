import { judgePush, type RefUpdate } from "@countersign/core";
import {
  branchName,
  countsReviews,
  findDestination,
  findProtection,
  openReviews,
  readInForce,
  undecided,
} from "@countersign/core/internal";
import { listRange } from "@countersign/git/internal";
import { fetchLanding } from "./fetch-landing.ts";
import type { Forge } from "./forge.ts";
import { type GateRepository, REMOTE } from "./gate-repository.ts";
import { type Judgement, orUndecided } from "./judge-landing.ts";
import { MOST_REQUESTS, readReviews } from "./read-reviews.ts";

/** What came to a branch, whichever way. */
export interface LandedUpdate extends RefUpdate {
  readonly defaultBranch: string;
}

/**
 * Judges what landed already, by the policy before it: what came around the gate shows here. Undefined where the ref is not
 * a branch, or is gone.
 */
export async function judgeLanded(
  forge: Forge,
  place: GateRepository,
  landed: LandedUpdate,
): Promise<Judgement | undefined> {
  const branch = branchName(landed.ref);
  if (branch === undefined) return undefined;
  return orUndecided(judge(forge, place, landed, branch));
}

async function judge(forge: Forge, place: GateRepository, landed: LandedUpdate, branch: string): Promise<Judgement> {
  const { defaultBranch, ref } = landed;
  const policyAt = branch === defaultBranch ? landed.old : undefined;
  const fetched = await fetchLanding(place, { base: branch, defaultBranch, headRef: ref, policyAt });
  const counts = fetched.policy && countsReviews(fetched.policy);
  const numbers = counts ? await listLanded(forge, place, landed) : [];
  const reviews = await readReviews(forge, place, { base: branch, isOpen: false }, numbers);
  return place.read(async (repository) => {
    const updates = [{ ref, old: landed.old, new: landed.new }];
    const known = await findDestination(repository, { remote: REMOTE, updates });
    const { policy, doubt } = await readInForce(repository, known, updates);
    if (!policy && doubt) return { kind: "judged", decision: undecided(doubt.fault) };
    if (!policy || !(doubt || findProtection(policy.policy, branch))) return { kind: "unprotected", policy };
    const before = new Map([...known.destination.branches, [branch, landed.old] as const]);
    const destination = { ...known.destination, branches: before };
    const { repository: reading, reviewed } = openReviews(repository, reviews);
    const decision = await judgePush(reading, { updates, destination, policy, doubt, reviewed });
    return { kind: "judged", decision };
  });
}

/** The requests by which commits of the branch's own line came, as the forge says: what a message says of that, anyone can write. */
export async function listLanded(
  forge: Forge,
  place: GateRepository,
  { old, new: tip }: LandedUpdate,
): Promise<readonly number[]> {
  const ids = await place.read(async (repository) => {
    const known = await repository.peelToCommit(old);
    return listRange(repository.context, tip, known ? [known] : [], { firstParents: true });
  });
  const numbers = new Set<number>();
  for (const oid of ids.slice(-MOST_REQUESTS)) for (const number of await forge.requestsOf(oid)) numbers.add(number);
  return [...numbers];
}
