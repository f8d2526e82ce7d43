import { statusName } from "@countersign/report";
import type { Plan } from "../files/plan.ts";
import { commentWorkflow } from "./comment-workflow.ts";
import { readGate } from "./gate-file.ts";
import { GATE_PATH } from "./github-steps.ts";
import { githubWorkflow } from "./github-workflow.ts";
import { reviewWorkflow } from "./review-workflow.ts";

const WORKFLOW = ".github/workflows/countersign.yml";
const REVIEW_WORKFLOW = ".github/workflows/countersign-review.yml";
const COMMENT_WORKFLOW = ".github/workflows/countersign-comment.yml";

/** What the workflows are for. */
export interface GithubNeeds {
  /** The branch that the policy protects first. */
  readonly branch: string;
  /** The filters for all that it protects. */
  readonly pushes: readonly string[];
  /** Whether co-signs can be kept beside the commits. */
  readonly ledger: boolean;
  /** Whether approvals count. */
  readonly reviews: boolean;
}

/** Plans the gate and the workflows that run it. */
export function planGithub({ branch, pushes, ledger, reviews }: GithubNeeds, plan: Plan): void {
  plan.edit(GATE_PATH, "the gate, one file; `countersign init` brings a newer one", readGate);
  plan.create(WORKFLOW, "judges pull requests, merge queues and what landed", githubWorkflow(branch, pushes));
  if (ledger) plan.create(COMMENT_WORKFLOW, "keeps co-signs that people paste into comments", commentWorkflow());
  if (reviews) plan.create(REVIEW_WORKFLOW, "judges again when an approval is given or withdrawn", reviewWorkflow());
  plan.notes.push(
    `on GitHub, require the status "${statusName(branch)}" in a ruleset for ${branch}: a check that is not required stops nobody`,
    "anyone who can push can also set that status, with a workflow on their own branch: have .github/** reviewed by CODEOWNERS; only an app as the expected source, or a workflow that an organisation's ruleset requires, closes that gap",
  );
}
