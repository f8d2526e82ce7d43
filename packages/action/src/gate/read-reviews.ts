import { CountersignError } from "@countersign/core";
import type { ReviewedHead } from "@countersign/core/internal";
import { fetchHead } from "./fetch-landing.ts";
import type { Forge } from "./forge.ts";
import type { GateRepository } from "./gate-repository.ts";

/** How many requests land together at most. */
export const MOST_REQUESTS = 100;

/** The reviews of those of some requests that are for a branch, and are still open or not. What is not known to be approved is not approved. */
export async function readReviews(
  forge: Forge,
  place: GateRepository,
  { base, isOpen }: { readonly base: string; readonly isOpen: boolean },
  numbers: readonly number[],
): Promise<readonly ReviewedHead[]> {
  const reviews: ReviewedHead[] = [];
  for (const number of numbers.slice(0, MOST_REQUESTS)) {
    try {
      const request = await forge.request(number);
      // An approval for another branch is of another change.
      if (request.isOpen !== isOpen || request.base !== base) continue;
      await fetchHead(place, request);
      reviews.push(await forge.reviews(request));
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
    }
  }
  return reviews;
}
