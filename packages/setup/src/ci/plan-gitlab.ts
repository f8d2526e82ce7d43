import { addToYamlList, parseYaml } from "../files/edits/edit-yaml.ts";
import type { Plan } from "../files/plan.ts";
import { readGate } from "./gate-file.ts";
import { GATE_PATH, gitlabJob } from "./gitlab-job.ts";

const PIPELINE = ".gitlab-ci.yml";
const JOB = ".gitlab/countersign.yml";

const HEAD = `# Written by \`countersign init\`. Let pipelines have to succeed before a merge, or it only informs.
# GitLab takes this file from the merge request's own branch: who can change it can switch the check off. Out of a merge
# request's reach are a pipeline execution policy and a hook on the server.
# With a project's token in the variable COUNTERSIGN_TOKEN it knows approvals and the ways of merging, and writes a comment.
`;

/** Plans the gate and the job that runs it. */
export function planGitlab(plan: Plan): void {
  plan.edit(GATE_PATH, "the gate, one file; `countersign init` brings a newer one", readGate);
  const pipeline = parseYaml(plan.read(PIPELINE) ?? "");
  const job = gitlabJob({ stage: stageIn(pipeline?.["stages"]), image: "node:22" });
  plan.create(JOB, "judges merge requests and what landed", `${HEAD}${job}`);
  if (!JSON.stringify(pipeline?.["include"] ?? []).includes(JOB)) {
    plan.edit(PIPELINE, `includes ${JOB}`, (before) => addToYamlList(PIPELINE, before, "include", { local: JOB }));
  }
  plan.notes.push(
    `on GitLab, let pipelines have to succeed before a merge, and have CODEOWNERS review ${PIPELINE} and .gitlab/**: a merge request can change its own pipeline; only a pipeline execution policy, a service beside it, or a hook on the server closes that`,
  );
}

/** A stage that there is: `test`, which there is where a pipeline names none, else the first. */
function stageIn(stages: unknown): string {
  const names = Array.isArray(stages) ? stages.map(String) : [];
  return names.includes("test") ? "test" : (names[0] ?? "test");
}
