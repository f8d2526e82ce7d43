import { adviseSharing } from "../agents/advise-sharing.ts";
import type { Installer } from "../agents/installer.ts";
import { type AgentPlan, changesAnything, planInstall } from "../agents/plan.ts";
import { openProject } from "../agents/project.ts";
import type { Draft } from "../files/draft.ts";
import type { Site } from "./site.ts";

/** Plans the hooks by which these agents mark what they write. @throws as `planInstall`. */
export async function planAgents(
  { repository }: Site,
  agents: readonly Installer[] | undefined,
  draft: Draft,
): Promise<void> {
  if (agents === undefined) return;
  if (agents.length === 0) draft.notes.push(NONE_FOUND);
  const project = await openProject(repository);
  const plans = agents.map((agent) => planInstall(project, agent)).filter(({ files }) => files.some(changesAnything));
  for (const { installer, files } of plans) {
    for (const { path, after } of files.filter(changesAnything)) {
      if (!after) continue;
      const text = after.bytes.toString("utf8");
      const executable = (after.mode & 0o111) !== 0;
      draft.edit(path, `lets ${installer.name} mark what it writes`, () => text, { executable });
    }
  }
  if (plans.length === 0) return;
  draft.notes.push(...nextSteps(plans), ...(await adviseSharing(repository, project, plans)));
}

const NONE_FOUND = "no agent has left a file in this project: name those that it uses, as in `--agents claude-code`";

/** What a person does so that the hooks run: once for all agents that want the same. */
function nextSteps(plans: readonly AgentPlan[]): readonly string[] {
  const steps = new Set(plans.map(({ installer }) => installer.next));
  return [...steps].map((next) => {
    const names = plans.flatMap(({ installer }) => (installer.next === next ? [installer.name] : []));
    return `${names.join(", ")}: ${next}`;
  });
}
