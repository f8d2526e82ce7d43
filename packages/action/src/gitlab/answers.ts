import * as v from "valibot";
import { number, oid } from "../api/answer.ts";

/** An account. Whether it is a bot's stands only in the answer about the account itself. */
const account = v.object({ id: v.number(), username: v.string() });

/** An account by itself. */
export const accountAnswer = v.object({ id: v.number(), bot: v.optional(v.boolean()) });

/** A project. How it merges is shown to its members alone. */
export const projectAnswer = v.object({
  default_branch: v.string(),
  merge_method: v.optional(v.string()),
  squash_option: v.optional(v.string()),
});

/** A merge request. */
export const requestAnswer = v.object({
  state: v.string(),
  target_branch: v.string(),
  source_branch: v.string(),
  source_project_id: v.nullish(v.number()),
  target_project_id: v.number(),
  /** Null while GitLab has not looked at the branch yet. */
  sha: v.nullish(oid),
  author: v.nullish(account),
});

/** A line in a list of merge requests. */
export const requestItem = v.object({ iid: number });

/** Who approves of a merge request now; older servers do not say since when. */
export const approvalsAnswer = v.object({
  approved_by: v.array(v.object({ user: v.nullish(account), approved_at: v.nullish(v.string()) })),
});

/** What a merge request was after a push. */
export const versionItem = v.object({ head_commit_sha: v.string(), created_at: v.string() });

/** A push that happened. */
export const pushItem = v.object({
  author: v.nullish(account),
  push_data: v.nullish(v.object({ ref: v.nullish(v.string()), commit_to: v.nullish(v.string()) })),
});

/** A state of a commit. */
export const statusItem = v.object({
  name: v.string(),
  status: v.string(),
  description: v.nullish(v.string(), ""),
});

/** A comment on a merge request, or what GitLab says there itself. */
export const noteItem = v.object({
  id: number,
  body: v.string(),
  author: v.nullish(account),
  system: v.optional(v.boolean(), false),
  created_at: v.optional(v.string(), ""),
});
