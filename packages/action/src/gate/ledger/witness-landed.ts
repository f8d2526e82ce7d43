import { branchName } from "@countersign/core/internal";
import type { WitnessedHead } from "@countersign/git/internal";
import { fetchLanding } from "../fetch-landing.ts";
import type { Forge, MergeRequest } from "../forge.ts";
import type { GateRepository } from "../gate-repository.ts";
import { type LandedUpdate, listLanded } from "../judge-landed.ts";
import { MOST_REQUESTS } from "../read-reviews.ts";
import { witnessRequest } from "./witness-request.ts";

/** A request by which something landed, and what the ledger says of it now. */
export interface WitnessedLanding {
  readonly request: MergeRequest;
  /** A sentence where there was nothing to write. */
  readonly written: WitnessedHead | string;
}

/** Writes down the approvals of the requests by which something landed on a branch, as the forge has them still. @throws as `witnessRequest`. */
export async function witnessLanded(
  forge: Forge,
  place: GateRepository,
  landed: LandedUpdate,
  privateKey: string,
): Promise<readonly WitnessedLanding[]> {
  const { ref, defaultBranch } = landed;
  const base = branchName(ref);
  if (base === undefined) return [];
  await fetchLanding(place, { base, defaultBranch, headRef: ref });
  const found: WitnessedLanding[] = [];
  for (const number of (await listLanded(forge, place, landed)).slice(0, MOST_REQUESTS)) {
    const request = await forge.request(number);
    if (request.isOpen || request.base !== base) continue;
    found.push({ request, written: await witnessRequest(forge, place, request, privateKey, landed.old) });
  }
  return found;
}
