import { isCountersignError, parsePolicyFile } from "@countersign/core";
import { encodeText } from "@countersign/core/internal";
import type { Plan } from "../files/plan.ts";
import type { Choices } from "../init/choices.ts";
import { filtersFor } from "./branch-filters.ts";
import { planGithub } from "./plan-github.ts";
import { planGitlab } from "./plan-gitlab.ts";

/** Plans the check that pushers do not control. `policyFile`: the name of the policy that is there or planned. */
export async function planCi({ ci, branch, ledger }: Choices, policyFile: string, plan: Plan): Promise<void> {
  if (ci === "github") planGithub(branch, await findPushes(plan, policyFile), ledger !== undefined, plan);
  if (ci === "gitlab") planGitlab(plan);
}

/** The pushes that may be to a branch which the policy protects: all, where it cannot be read. */
async function findPushes(plan: Plan, policyFile: string): Promise<readonly string[]> {
  try {
    const { protect } = await parsePolicyFile(encodeText(plan.read(policyFile) ?? ""), policyFile);
    return filtersFor(protect.flatMap(({ branches }) => branches.map(({ pattern }) => pattern)));
  } catch (error) {
    if (!isCountersignError(error)) throw error;
    return ["**"];
  }
}
