import { isCountersignError, parsePolicyFile } from "@countersign/core";
import { encodeText, findDestination, resolveCommit, simulate } from "@countersign/core/internal";
import { findRecentLandings } from "@countersign/git/internal";
import { policyText } from "../policy/policy-text.ts";
import type { Surroundings } from "../surroundings.ts";
import type { Choices } from "./choices.ts";

/** What the chosen policy would have made of what landed last. */
export interface Foresight {
  readonly what: "merges" | "commits";
  readonly count: number;
  readonly refused: number;
  /** For how many co-signs someone would have been asked, and on how many days anything landed. */
  readonly requests: number;
  readonly days: number;
}

/**
 * Replays what landed last under the policy that is about to be written. Undefined if nothing did, or where it cannot be
 * read: it is a help to decide, and no more.
 */
export async function foresee(
  { repository }: Surroundings,
  choices: Choices,
  progress: (commits: number) => void,
): Promise<Foresight | undefined> {
  const { branch } = choices;
  try {
    const text = policyText({ ...choices, baseline: undefined, schema: undefined });
    const policy = await parsePolicyFile(encodeText(text), "the policy that is chosen");
    const { destination } = await findDestination(repository);
    const tip = destination.branches.get(branch) ?? (await resolveCommit(repository, "HEAD"));
    const history = await findRecentLandings(repository, tip, {});
    const now = Math.floor(Date.now() / 1000);
    const { tally, merges, requests } = await simulate(repository, {
      policy,
      branch,
      destination,
      now,
      history,
      progress,
    });
    const counted = merges
      ? { what: "merges" as const, ...merges }
      : { what: "commits" as const, count: tally.commits, refused: tally.refused };
    return { ...counted, requests: requests.count, days: tally.days.size };
  } catch (error) {
    if (isCountersignError(error)) return undefined;
    throw error;
  }
}
