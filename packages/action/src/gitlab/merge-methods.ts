import { MERGE_WAYS, type MergeWay } from "@countersign/core/internal";
import type { InferOutput } from "valibot";
import type { projectAnswer } from "./answers.ts";

/**
 * The ways of merging that a project leaves open. GitLab squashes first, where it does, and then merges by the method: a
 * fast-forward has each commit land by itself, as a rebase does.
 */
export function waysOf({ merge_method, squash_option }: InferOutput<typeof projectAnswer>): readonly MergeWay[] {
  if (merge_method === undefined || squash_option === undefined) return MERGE_WAYS;
  const method = METHODS[merge_method];
  if (!method) return MERGE_WAYS;
  if (squash_option === "always") return ["squash"];
  return squash_option === "never" ? [method] : [method, "squash"];
}

/** `rebase_merge`: a merge commit where a fast-forward would do as well. */
const METHODS: Readonly<Record<string, MergeWay>> = { merge: "merge", rebase_merge: "merge", ff: "rebase" };
