import type { ObjectId } from "@countersign/core";
import { countsReviews, findProtection, isGenuineUnder } from "@countersign/core/internal";
import { pushLedger, trackingRef, type WitnessedHead, witnessReview } from "@countersign/git/internal";
import { fetchLanding } from "../fetch-landing.ts";
import type { Forge, MergeRequest } from "../forge.ts";
import { type GateRepository, REMOTE } from "../gate-repository.ts";

/**
 * Brings the ledger to what the forge says of a request now: approvals that stand are written down, signed by a witness of
 * the policy, so that they count after the merge too. A sentence where there is nothing to write, and why. `stood`: where the
 * branch stood before it landed; absent, it has not landed, and the branch stands there still.
 * @throws `LEDGER_NOT_PUSHED`, `LEDGER_BUSY`, what fetching throws, and what `witnessReview` throws.
 */
export async function witnessRequest(
  forge: Forge,
  place: GateRepository,
  request: MergeRequest,
  privateKey: string,
  stood?: ObjectId,
): Promise<WitnessedHead | string> {
  const { policy, head, base } = await fetchLanding(place, request);
  if (!policy || !findProtection(policy, request.base)) return `the policy does not protect ${request.base}`;
  if (!countsReviews(policy)) return "the policy has no approval count";
  if (policy.witnesses.length === 0) return "the policy names no witness";
  const ref = policy.ledger;
  if (ref === undefined) return "the policy names no ledger";
  const reviewed = await forge.reviews(request);
  if (reviewed.head !== head) return "its head moved meanwhile";
  const ledger = { remote: REMOTE, ref, isGenuine: isGenuineUnder(policy) };
  return place.push(async (repository) => {
    const written = await witnessReview(repository, {
      policy,
      branch: request.base,
      stood: stood ?? base,
      ledger: { ...ledger, tracking: trackingRef(ledger) },
      reviewed,
      privateKey,
      now: Math.floor(Date.now() / 1000),
    });
    if (written.standing.length + written.withdrawn.length > 0) await pushLedger(repository, ledger);
    return written;
  });
}
