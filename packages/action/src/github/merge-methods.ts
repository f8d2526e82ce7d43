import type { MergeWay } from "@countersign/core/internal";
import type { InferOutput } from "valibot";
import type { ruleItem } from "./answers.ts";

/** The ways that the rules in force on a branch leave of those that the repository allows; all of these where none is left. */
export function waysUnder(
  rules: readonly InferOutput<typeof ruleItem>[],
  allowed: readonly MergeWay[],
): readonly MergeWay[] {
  let ways = allowed;
  for (const { type, parameters } of rules) {
    const methods = methodsOf(type, parameters);
    if (methods) ways = ways.filter((way) => methods.includes(way));
  }
  return ways.length > 0 ? ways : allowed;
}

function methodsOf(
  type: string,
  parameters: InferOutput<typeof ruleItem>["parameters"],
): readonly string[] | undefined {
  if (type === "required_linear_history") return ["squash", "rebase"];
  if (type === "pull_request") return parameters?.allowed_merge_methods;
  // A queue merges for everybody, by its one method: MERGE, SQUASH or REBASE.
  const method = type === "merge_queue" ? parameters?.merge_method?.toLowerCase() : undefined;
  return method === undefined ? undefined : [method];
}
