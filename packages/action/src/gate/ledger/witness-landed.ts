import { type CountersignError, isCountersignError } from "@countersign/core";
import { branchName } from "@countersign/core/internal";
import type { WitnessedHead } from "@countersign/git/internal";
import { fetchLanding } from "../fetch-landing.ts";
import type { Forge } from "../forge.ts";
import type { GateRepository } from "../gate-repository.ts";
import { type LandedUpdate, listLanded } from "../judge-landed.ts";
import { MOST_REQUESTS } from "../read-reviews.ts";
import { witnessRequest } from "./witness-request.ts";

/** A request, and what the ledger says of it now. */
export interface Witnessed {
  readonly number: number;
  /** A sentence where there was nothing to write; the error where it could not be found out. */
  readonly written: WitnessedHead | string | CountersignError;
}

/**
 * Writes down the approvals of the requests by which something landed on a branch, as the forge has them still.
 * @throws what listing them throws
 */
export async function* witnessLanded(
  forge: Forge,
  place: GateRepository,
  landed: LandedUpdate,
  privateKey: string,
): AsyncGenerator<Witnessed> {
  const { ref, defaultBranch } = landed;
  const base = branchName(ref);
  if (base === undefined) return;
  await fetchLanding(place, { base, defaultBranch, headRef: ref });
  for (const number of (await listLanded(forge, place, landed)).slice(0, MOST_REQUESTS)) {
    const witnessed = await attemptWitness(number, async () => {
      const request = await forge.request(number);
      if (request.isOpen || request.base !== base) return undefined;
      return witnessRequest(forge, place, request, privateKey, landed.old);
    });
    if (witnessed) yield witnessed;
  }
}

/** Has the error of one request keep none of the others from being written down. A defect of ours is thrown. */
export async function attemptWitness(
  number: number,
  witness: () => Promise<WitnessedHead | string | undefined>,
): Promise<Witnessed | undefined> {
  try {
    const written = await witness();
    return written === undefined ? undefined : { number, written };
  } catch (error) {
    if (!isCountersignError(error)) throw error;
    return { number, written: error };
  }
}
