import { isCountersignError, type Policy, parsePolicyFile } from "@countersign/core";
import { countsReviews, encodeText } from "@countersign/core/internal";
import type { Plan } from "../files/plan.ts";
import type { Choices } from "../init/choices.ts";
import { filtersFor } from "./branch-filters.ts";
import { planGithub } from "./plan-github.ts";
import { planGitlab } from "./plan-gitlab.ts";

/** Plans the check that pushers do not control. `policyFile`: the name of the policy that is there or planned. */
export async function planCi({ ci, branch, ledger }: Choices, policyFile: string, plan: Plan): Promise<void> {
  if (ci === "github") {
    const policy = await readPlanned(plan, policyFile);
    // One that cannot be read may protect every branch, and have approvals count.
    const patterns = policy?.protect.flatMap(({ branches }) => branches.map(({ pattern }) => pattern));
    const pushes = patterns ? filtersFor(patterns) : ["**"];
    planGithub({ branch, pushes, ledger: ledger !== undefined, reviews: !policy || countsReviews(policy) }, plan);
  }
  if (ci === "gitlab") planGitlab(plan);
}

/** Undefined if it cannot be read. */
async function readPlanned(plan: Plan, policyFile: string): Promise<Policy | undefined> {
  try {
    return await parsePolicyFile(encodeText(plan.read(policyFile) ?? ""), policyFile);
  } catch (error) {
    if (!isCountersignError(error)) throw error;
    return undefined;
  }
}
