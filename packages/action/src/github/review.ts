import type { Review } from "@countersign/core/internal";
import type { InferOutput } from "valibot";
import { seconds } from "../api/times.ts";
import type { reviewItem } from "./answers.ts";

/** GitHub's words for what a review says. PENDING is nobody's business but the reviewer's. */
const STATES: Readonly<Record<string, Review["state"]>> = {
  APPROVED: "approved",
  CHANGES_REQUESTED: "changes-requested",
  DISMISSED: "dismissed",
};

/** A review as GitHub reports it. One of a deleted account is nobody's. */
export function toReview({ id, user, state, commit_id, submitted_at }: InferOutput<typeof reviewItem>): Review {
  return {
    forge: "github",
    id: String(id),
    reviewer: { login: user?.login ?? "ghost", id: user?.id, isBot: user == null || user.type !== "User" },
    state: STATES[state] ?? "commented",
    head: commit_id ?? undefined,
    submitted: seconds(submitted_at),
  };
}
