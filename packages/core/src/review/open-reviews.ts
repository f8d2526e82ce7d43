import type { OpenReviewed } from "../judge/records/record-source.ts";
import { WouldBeRepository } from "../merge-way/would-be-repository.ts";
import type { Repository } from "../repository.ts";
import type { ReviewedHead } from "./review.ts";
import { ReviewedRecords } from "./reviewed-records.ts";

/** A repository in which what was reviewed can be read, and what a forge reports about it. */
export interface OpenReviews {
  readonly repository: Repository;
  readonly reviewed: OpenReviewed;
}

/** What landing a branch would make is made in memory, and read beside what is stored. */
export function openReviews(repository: Repository, heads: readonly ReviewedHead[]): OpenReviews {
  const would = new WouldBeRepository(repository);
  const known = new Map<string, ReviewedRecords>();
  return {
    repository: would,
    // Each way of merging asks again.
    reviewed(policy, standing) {
      const key = JSON.stringify([standing.branch, standing.stood]);
      const records = known.get(key) ?? new ReviewedRecords(would, policy, standing, heads);
      known.set(key, records);
      return records;
    },
  };
}
