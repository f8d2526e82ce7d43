import { judgePush, type RefUpdate } from "@countersign/core";
import {
  branchName,
  countsReviews,
  findDestination,
  findProtection,
  openReviews,
  type ReviewedHead,
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

/** What came of judging what landed. */
export interface JudgedLanding {
  readonly judgement: Judgement;
  /** The requests by which it landed, where approvals count. */
  readonly requests: readonly number[];
}

/**
 * Judges what landed already, by the policy before it: what came around the gate shows here. Undefined if the ref is not
 * a branch, or is gone.
 */
export async function judgeLanded(
  forge: Forge,
  place: GateRepository,
  landed: LandedUpdate,
): Promise<JudgedLanding | undefined> {
  const { defaultBranch, ref } = landed;
  const base = branchName(ref);
  if (base === undefined) return undefined;
  let requests: readonly number[] = [];
  const judgement = await orUndecided(
    (async () => {
      const policyAt = base === defaultBranch ? landed.old : undefined;
      const { policy } = await fetchLanding(place, { base, defaultBranch, headRef: ref, policyAt });
      if (policy && countsReviews(policy)) requests = await listLanded(forge, place, landed);
      return judge(place, landed, base, await readReviews(forge, place, { base, isOpen: false }, requests));
    })(),
  );
  return { judgement, requests };
}

function judge(
  place: GateRepository,
  landed: LandedUpdate,
  branch: string,
  reviews: readonly ReviewedHead[],
): Promise<Judgement> {
  const { ref } = landed;
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
