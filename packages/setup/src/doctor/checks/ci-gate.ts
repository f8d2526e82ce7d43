import { readdirSync } from "node:fs";
import { join } from "node:path";
import { readText } from "../../files/file-state.ts";
import { type CheckResult, fine, problem } from "../check-result.ts";
import { mentionsCountersign } from "../hook/mentions.ts";

const FILES = [
  ".gitlab-ci.yml",
  ".circleci/config.yml",
  "azure-pipelines.yml",
  "bitbucket-pipelines.yml",
  "Jenkinsfile",
  ".buildkite/pipeline.yml",
  ".drone.yml",
  ".travis.yml",
  ".woodpecker.yml",
];
const FOLDERS = [".github/workflows", ".gitea/workflows", ".forgejo/workflows", ".woodpecker"];

/** Whether a CI configuration of the work tree runs countersign. Whether anybody must wait for it, no clone can tell. */
export function checkCi(root: string): readonly CheckResult[] {
  const files = [...FILES, ...FOLDERS.flatMap((folder) => listYaml(root, folder))];
  const found = files.find((file) => mentionsCountersign(readText(join(root, file))));
  return found === undefined
    ? [problem("CI_ABSENT", {})]
    : [fine(`${found} runs countersign; whether the branch protection requires it cannot be seen from a clone`)];
}

function listYaml(root: string, folder: string): readonly string[] {
  try {
    return readdirSync(join(root, folder))
      .filter((name) => /\.ya?ml$/.test(name))
      .map((name) => `${folder}/${name}`);
  } catch {
    return [];
  }
}
