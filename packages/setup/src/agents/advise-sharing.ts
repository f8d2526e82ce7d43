import { findIgnored } from "@countersign/git/internal";
import type { Plan } from "../files/plan.ts";
import type { AgentPlan } from "./plan-agents.ts";
import type { AgentProject } from "./project.ts";

/** What keeps the hooks that were planned from those who clone. */
export async function adviseSharing(
  project: AgentProject,
  plan: Plan,
  agents: readonly AgentPlan[],
): Promise<readonly string[]> {
  const paths = agents.flatMap((agent) => agent.paths.filter((path) => plan.change(path).after !== undefined));
  const hidden = await findIgnored(project, project.root, paths);
  const ignored = paths.filter((path) => hidden.has(path));
  return [
    ...(ignored.length > 0 ? [`git ignores ${ignored.join(", ")}: remove it from .gitignore first`] : []),
    ...(project.launcher === "path"
      ? ["the agents' hooks call `countersign` from the PATH, because the project's package.json does not depend on it"]
      : []),
  ];
}
