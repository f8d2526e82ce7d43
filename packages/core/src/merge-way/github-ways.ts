import { MERGE_WAYS, type MergeWay } from "./merge-way.ts";

/** Which ways of merging a repository on GitHub allows. Anyone who may not see that gets none of them. */
export interface MergeSettings {
  readonly allow_merge_commit?: unknown;
  readonly allow_squash_merge?: unknown;
  readonly allow_rebase_merge?: unknown;
}

/** A rule that is in force on a branch on GitHub, as far as it says how may be merged. */
export interface MergeRule {
  readonly type: string;
  readonly parameters?:
    | { readonly allowed_merge_methods?: readonly string[] | undefined; readonly merge_method?: string | undefined }
    | undefined;
}

/** The ways that a repository allows; all where it is not seen to allow one. */
export function waysAllowed(settings: MergeSettings): readonly MergeWay[] {
  const { allow_merge_commit: merge, allow_squash_merge: squash, allow_rebase_merge: rebase } = settings;
  const may = { merge, squash, rebase };
  const allowed = MERGE_WAYS.filter((way) => may[way] !== false);
  return allowed.length > 0 ? allowed : MERGE_WAYS;
}

/** The ways that the rules in force on a branch leave of those that the repository allows; all of these where none is left. */
export function waysUnder(rules: readonly MergeRule[], allowed: readonly MergeWay[]): readonly MergeWay[] {
  let ways = allowed;
  for (const rule of rules) {
    const methods = methodsOf(rule);
    if (methods) ways = ways.filter((way) => methods.includes(way));
  }
  return ways.length > 0 ? ways : allowed;
}

function methodsOf({ type, parameters }: MergeRule): readonly string[] | undefined {
  if (type === "required_linear_history") return ["squash", "rebase"];
  if (type === "pull_request") return parameters?.allowed_merge_methods;
  // A queue merges for everyone, by its one method: MERGE, SQUASH or REBASE.
  const method = type === "merge_queue" ? parameters?.merge_method?.toLowerCase() : undefined;
  return method === undefined ? undefined : [method];
}
