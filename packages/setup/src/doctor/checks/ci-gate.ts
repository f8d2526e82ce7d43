import { readdirSync } from "node:fs";
import { join } from "node:path";
import { CI_FILES, CI_FOLDERS } from "../../ci/ci-files.ts";
import { readText } from "../../files/file-state.ts";
import { type CheckResult, fine, problem } from "../check-result.ts";
import { mentionsCountersign } from "../hook/mentions.ts";

/** Whether a CI configuration of the work tree runs countersign. Whether anybody must wait for it, no clone can tell. */
export function checkCi(root: string): readonly CheckResult[] {
  const files = [...CI_FILES, ...CI_FOLDERS.flatMap((folder) => listYaml(root, folder))];
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
