import type { GitRepository } from "@countersign/git";
import { findIgnored } from "@countersign/git/internal";
import type { AgentPlan } from "./plan.ts";
import type { Project } from "./project.ts";

/** What keeps the hooks that were planned from those who clone. */
export async function adviseSharing(
  repository: GitRepository,
  { root, launcher }: Project,
  plans: readonly AgentPlan[],
): Promise<readonly string[]> {
  const paths = plans.flatMap(({ files }) => files.filter(({ after }) => after !== undefined).map(({ path }) => path));
  const hidden = await findIgnored(repository, root, paths);
  const ignored = paths.filter((path) => hidden.has(path));
  return [
    ...(ignored.length > 0 ? [`git ignores ${ignored.join(", ")}: take it out of .gitignore first.`] : []),
    ...(launcher === "path"
      ? ["They call `countersign` from the PATH: the project's package.json has no dependency on it."]
      : []),
  ];
}
