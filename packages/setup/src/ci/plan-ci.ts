import { addToYamlList, parseYaml } from "../files/edits/edit-yaml.ts";
import type { Plan } from "../files/plan.ts";
import type { CiName } from "../init/choices.ts";
import { githubWorkflow } from "./github-workflow.ts";
import { gitlabJob } from "./gitlab-job.ts";

const WORKFLOW = ".github/workflows/countersign.yml";
const PIPELINE = ".gitlab-ci.yml";
const JOB = ".gitlab/countersign.yml";

/** Plans the check that pushers do not control. */
export function planCi(ci: CiName | undefined, version: string, plan: Plan): void {
  if (ci === "github") {
    plan.create(WORKFLOW, "judges every pull request", githubWorkflow(version));
  }
  if (ci === "gitlab") {
    plan.create(JOB, "judges every merge request", gitlabJob(version));
    const item = { local: JOB };
    const text = plan.read(PIPELINE) ?? "";
    if (!JSON.stringify(parseYaml(text)?.["include"] ?? []).includes(JOB)) {
      plan.edit(PIPELINE, `includes ${JOB}`, (before) => addToYamlList(PIPELINE, before, "include", item));
    }
  }
}
