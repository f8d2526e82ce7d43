import { isDeepStrictEqual } from "node:util";
import { CountersignError } from "@countersign/core";
import { countsReviews, findProtection, undecided } from "@countersign/core/internal";
import { type FetchedLanding, fetchLanding, findMoved } from "./fetch-landing.ts";
import type { Forge, MergeRequest } from "./forge.ts";
import type { GateRepository } from "./gate-repository.ts";
import { type ForgeFacts, type Judgement, judgeFetched, orUndecided } from "./judge-landing.ts";

/** A request, and what came of judging it as it is. */
export interface JudgedRequest {
  readonly request: MergeRequest;
  readonly judgement: Judgement;
}

/** Something moves often in a busy repository, and one that moves always is not judged for ever. */
const TRIES = 2;

/**
 * Judges a request by the ways in which it may be merged. What it was judged by is looked at again afterwards: a verdict on
 * what has moved meanwhile does not count, and judging starts again, once. Undefined for a request that is not open. `begun` is called
 * each time when it is known that there is something to judge.
 */
export async function judgeRequest(
  forge: Forge,
  place: GateRepository,
  number: number,
  begun: (request: MergeRequest) => Promise<void> = async () => {},
): Promise<JudgedRequest | undefined> {
  let request = await forge.request(number);
  let moved: string | undefined;
  for (let tries = 0; tries < TRIES; tries += 1) {
    if (!request.isOpen) return undefined;
    const { judgement, stale } = await judgeOnce(forge, place, request, begun);
    const now = await forge.request(number);
    moved = now.head === request.head ? (now.base === request.base ? stale : "its target") : "its head";
    if (moved === undefined) return { request, judgement };
    request = now;
  }
  const raced = new CountersignError("REQUEST_RACED", { name: request.name, moved: moved ?? "it" });
  return { request, judgement: { kind: "judged", decision: undecided(raced) } };
}

/** `stale`: what moved while it was judged. */
async function judgeOnce(
  forge: Forge,
  place: GateRepository,
  request: MergeRequest,
  begun: (request: MergeRequest) => Promise<void>,
): Promise<{ readonly judgement: Judgement; readonly stale: string | undefined }> {
  const { base } = request;
  let stale: string | undefined;
  const judgement = await orUndecided(
    (async () => {
      const fetched = await fetchLanding(place, { ...request, expected: request });
      const facts = await askForge(forge, request, fetched, begun);
      const judged = await judgeFetched(place, fetched, base, facts);
      stale = (await findMoved(place, fetched)) ?? (await findReviewed(forge, request, facts));
      return judged;
    })(),
  );
  return { judgement, stale };
}

/** What the forge alone knows, asked where there is something to judge. */
async function askForge(
  forge: Forge,
  request: MergeRequest,
  { policy }: FetchedLanding,
  begun: (request: MergeRequest) => Promise<void>,
): Promise<ForgeFacts> {
  if (!policy || !findProtection(policy, request.base)) return {};
  await begun(request);
  const ways = await forge.waysOfMerging(request.base);
  return { ways, reviews: countsReviews(policy) ? [await forge.reviews(request)] : [] };
}

/** An approval that was dismissed meanwhile moves no branch. Undefined if the reviews are what they were, or never counted. */
async function findReviewed(
  forge: Forge,
  request: MergeRequest,
  { reviews = [] }: ForgeFacts,
): Promise<string | undefined> {
  if (reviews.length === 0 || isDeepStrictEqual(reviews, [await forge.reviews(request)])) return undefined;
  return "its reviews";
}
