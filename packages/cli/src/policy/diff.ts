import { CountersignError, type PolicyInForce } from "@countersign/core";
import { comparePolicies, type ExitCode, findDestination } from "@countersign/core/internal";
import { type GitRepository, readWorkTreePolicy } from "@countersign/git/internal";
import { comparisonToJson, formatComparison } from "@countersign/report";
import { type CommandContext, currentTime, printJson, printProse } from "../context.ts";
import { parseCount } from "../count-option.ts";
import { findBranchTip } from "../judging/branch-tip.ts";
import { withinTime } from "../judging/within-time.ts";
import { showProgress } from "../output/progress.ts";
import { readPolicyAt } from "./policy-at.ts";

export interface DiffPoliciesOptions {
  readonly branch?: string;
  readonly commits: string;
  readonly format: "text" | "json";
}

/** Compares two policies by what they make of history. 0 whatever they make of it. */
export function diffPolicies(
  context: CommandContext,
  revisions: string,
  options: DiffPoliciesOptions,
): Promise<ExitCode> {
  const most = parseCount("--commits", options.commits) ?? 0;
  return withinTime<ExitCode>(context, async (repository) => {
    const policies = await readPolicies(repository, revisions);
    const { destination } = await findDestination(repository);
    const branch = options.branch ?? destination.defaultBranch;
    if (branch === undefined) throw new CountersignError("BRANCH_UNKNOWN", {});
    const progress = showProgress(context.stderr, "commits");
    const comparison = await comparePolicies(repository, {
      before: policies.before.policy,
      after: policies.after.policy,
      branch,
      destination,
      now: currentTime(),
      history: { tip: await findBranchTip(repository, destination, branch), exclude: [], most },
      progress: (commits) => progress.at(commits),
    });
    progress.end();
    if (options.format === "json") await printJson(context.stdout, comparisonToJson(comparison, policies, branch));
    else await printProse(context.stdout, formatComparison(comparison, policies, branch, context.paint));
    return 0;
  });
}

/** `OLD`, for the work tree's policy against it, or `OLD..NEW`. */
async function readPolicies(
  repository: GitRepository,
  revisions: string,
): Promise<{ readonly before: PolicyInForce; readonly after: PolicyInForce }> {
  const dots = revisions.indexOf("..");
  if (dots < 0) {
    return { before: await readPolicyAt(repository, revisions), after: await readWorkTreePolicy(repository) };
  }
  const [before, after] = [revisions.slice(0, dots), revisions.slice(dots + 2)];
  return {
    before: await readPolicyAt(repository, before === "" ? "HEAD" : before),
    after: await readPolicyAt(repository, after === "" ? "HEAD" : after),
  };
}
