import * as v from "valibot";
import { number, oid } from "../api/answer.ts";

/** About a repository; GitHub shows only to some which ways of merging it allows. */
const repository = v.object({
  default_branch: v.string(),
  allow_merge_commit: v.optional(v.boolean()),
  allow_squash_merge: v.optional(v.boolean()),
  allow_rebase_merge: v.optional(v.boolean()),
});

/** An account; that of a deleted one is null. */
const account = v.nullish(
  v.object({ login: v.string(), id: v.optional(v.number()), type: v.optional(v.string(), "") }),
);

/** A review. What GitHub does not have any more is null. */
export const reviewItem = v.object({
  id: number,
  user: account,
  state: v.string(),
  commit_id: v.nullish(oid),
  submitted_at: v.nullish(v.string()),
});

/** What happened to a pull request. */
export const eventItem = v.object({ event: v.string(), created_at: v.string() });

/** What someone did to a branch. */
export const activityItem = v.object({ actor: account, after: v.string() });

/** A pull request. */
export const pullAnswer = v.object({
  number,
  state: v.string(),
  user: account,
  base: v.object({ ref: v.string(), repo: repository }),
  head: v.object({ ref: v.string(), sha: oid, repo: v.nullish(v.object({ full_name: v.string() })) }),
});

/** A line in a list of pull requests. */
export const pullItem = v.object({ number });

/** The latest state of a commit of one context. */
export const statusItem = v.object({
  context: v.string(),
  state: v.string(),
  description: v.nullish(v.string(), ""),
});

/** A rule that is in force on a branch. */
export const ruleItem = v.object({
  type: v.string(),
  parameters: v.optional(
    v.object({
      allowed_merge_methods: v.optional(v.array(v.string())),
      merge_method: v.optional(v.string()),
    }),
  ),
});

/** A comment on a pull request. */
export const commentItem = v.object({
  id: number,
  body: v.nullish(v.string(), ""),
  user: account,
});
