import { addToYamlList, parseYaml } from "../files/edits/edit-yaml.ts";
import type { Plan } from "../files/plan.ts";
import type { Choices } from "../init/choices.ts";
import { gitlabJob } from "./gitlab-job.ts";
import { planGithub } from "./plan-github.ts";

const PIPELINE = ".gitlab-ci.yml";
const JOB = ".gitlab/countersign.yml";

/** Plans the check that pushers do not control. */
export function planCi({ ci, branch, ledger }: Choices, version: string, plan: Plan): void {
  if (ci === "github") planGithub(branch, ledger !== undefined, plan);
  if (ci === "gitlab") {
    plan.create(JOB, "judges every merge request", gitlabJob(version));
    const item = { local: JOB };
    const text = plan.read(PIPELINE) ?? "";
    if (!JSON.stringify(parseYaml(text)?.["include"] ?? []).includes(JOB)) {
      plan.edit(PIPELINE, `includes ${JOB}`, (before) => addToYamlList(PIPELINE, before, "include", item));
    }
  }
}
