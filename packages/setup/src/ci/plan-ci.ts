import type { Draft } from "../files/draft.ts";
import { addToYamlList, parseYaml } from "../files/edit-yaml.ts";
import type { CiName } from "../init/choices.ts";
import { githubWorkflow } from "./github.ts";
import { gitlabJob } from "./gitlab.ts";

const WORKFLOW = ".github/workflows/countersign.yml";
const PIPELINE = ".gitlab-ci.yml";
const JOB = ".gitlab/countersign.yml";

/** Plans the check that pushers do not control. */
export function planCi(ci: CiName | undefined, version: string, draft: Draft): void {
  if (ci === "github") {
    draft.create(WORKFLOW, "judges every pull request", githubWorkflow(version));
  }
  if (ci === "gitlab") {
    draft.create(JOB, "judges every merge request", gitlabJob(version));
    const item = { local: JOB };
    const text = draft.read(PIPELINE) ?? "";
    if (!JSON.stringify(parseYaml(text)?.["include"] ?? []).includes(JOB)) {
      draft.edit(PIPELINE, `includes ${JOB}`, (before) => addToYamlList(PIPELINE, before, "include", item));
    }
  }
}
