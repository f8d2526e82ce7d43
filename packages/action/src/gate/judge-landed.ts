import { judgePush, type RefUpdate } from "@countersign/core";
import { branchName, findDestination, findProtection, readInForce, undecided } from "@countersign/core/internal";
import { fetchLanding } from "./fetch-landing.ts";
import { type GateRepository, REMOTE } from "./gate-repository.ts";
import { type Judgement, orUndecided } from "./judge-landing.ts";

/** What came to a branch, whichever way. */
export interface LandedUpdate extends RefUpdate {
  readonly defaultBranch: string;
}

/**
 * Judges what landed already, by the policy before it: what came round the gate shows here. Undefined where the ref is not
 * a branch, or is gone.
 */
export async function judgeLanded(place: GateRepository, landed: LandedUpdate): Promise<Judgement | undefined> {
  const branch = branchName(landed.ref);
  if (branch === undefined) return undefined;
  return orUndecided(judge(place, landed, branch));
}

async function judge(place: GateRepository, landed: LandedUpdate, branch: string): Promise<Judgement> {
  const { defaultBranch, ref } = landed;
  await fetchLanding(place, { base: branch, defaultBranch, headRef: ref });
  return place.read(async (repository) => {
    const updates = [{ ref, old: landed.old, new: landed.new }];
    const known = await findDestination(repository, { remote: REMOTE, updates });
    const { policy, doubt } = await readInForce(repository, known, updates);
    if (!policy && doubt) return { kind: "judged", decision: undecided(doubt.fault) };
    if (!policy || !(doubt || findProtection(policy.policy, branch))) return { kind: "unprotected", policy };
    const before = new Map([...known.destination.branches, [branch, landed.old] as const]);
    const destination = { ...known.destination, branches: before };
    return { kind: "judged", decision: await judgePush(repository, { updates, destination, policy, doubt }) };
  });
}
