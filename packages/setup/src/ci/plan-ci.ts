import type { Plan } from "../files/plan.ts";
import type { Choices } from "../init/choices.ts";
import { planGithub } from "./plan-github.ts";
import { planGitlab } from "./plan-gitlab.ts";

/** Plans the check that pushers do not control. */
export function planCi({ ci, branch, ledger }: Choices, plan: Plan): void {
  if (ci === "github") planGithub(branch, ledger !== undefined, plan);
  if (ci === "gitlab") planGitlab(plan);
}
