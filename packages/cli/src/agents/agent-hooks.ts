import type { ExitCode } from "@countersign/core/internal";
import { withRepository } from "@countersign/git/internal";
import {
  adviseSharing,
  applyToAgents,
  changesAgent,
  chooseByName,
  chooseUsed,
  findPrograms,
  formatAgentPlan,
  formatAgents,
  installers,
  listAgents,
  openProject,
  Plan,
  planAgentInstall,
  planAgentUninstall,
} from "@countersign/setup";
import { type CommandContext, print, printLines, printProse } from "../context.ts";

export interface SetUpOptions {
  readonly dryRun?: boolean;
}

/** Writes the project's hooks of the named agents, or of those whose files the project has. */
export function installAgents(
  context: CommandContext,
  names: readonly string[],
  { dryRun = false }: SetUpOptions,
): Promise<ExitCode> {
  return withRepository<ExitCode>(context, async (repository) => {
    const project = await openProject(repository);
    const chosen = names.length > 0 ? chooseByName(names) : chooseUsed(project.root);
    if (chosen.length === 0) return explainNoneFound(context);
    // All is planned before the first write: an obstacle for one agent leaves nothing half done.
    const plan = new Plan(project);
    const agents = chosen.map((installer) => planAgentInstall(plan, installer, project.launcher));
    const notes = plan.steps().length > 0 ? await adviseSharing(project, plan, agents) : [];
    const advice = plan.steps().length > 0 ? [SHARE, ...notes.map((note) => `note: ${note}`)] : [];
    if (!dryRun) await applyToAgents(project, plan);
    for (const agent of agents) {
      const next = !dryRun && changesAgent(plan, agent) ? [`  next: ${agent.installer.next}`] : [];
      await printLines(context.stdout, [...formatAgentPlan(agent, plan, { paint: context.paint, dryRun }), ...next]);
    }
    if (!dryRun) await printProse(context.stdout, advice);
    return 0;
  });
}

/** Takes the hooks out again, to the byte: of the named agents, or of all that have them. */
export function uninstallAgents(
  context: CommandContext,
  names: readonly string[],
  { dryRun = false }: SetUpOptions,
): Promise<ExitCode> {
  return withRepository<ExitCode>(context, async (repository) => {
    const project = await openProject(repository);
    const named = names.length > 0;
    const chosen = named ? chooseByName(names) : installers;
    const plan = new Plan(project);
    const all = chosen.map((installer) => planAgentUninstall(plan, installer, project.launcher, named));
    const agents = named ? all : all.filter((agent) => changesAgent(plan, agent));
    if (!dryRun) await applyToAgents(project, plan);
    const lines = agents.flatMap((agent) => formatAgentPlan(agent, plan, { paint: context.paint, dryRun }));
    await printLines(context.stdout, lines.length === 0 ? ["No agent has countersign's hooks here."] : lines);
    return 0;
  });
}

export interface ListOptions {
  readonly format: "text" | "json";
}

export function listAgentHooks(context: CommandContext, { format }: ListOptions): Promise<ExitCode> {
  return withRepository<ExitCode>(context, async (repository) => {
    const agents = listAgents(await openProject(repository), context.env);
    if (format === "json") await print(context.stdout, `${JSON.stringify(agents, null, 2)}\n`);
    else await printProse(context.stdout, formatAgents(agents, context.paint));
    return 0;
  });
}

const SHARE = "next: commit these files, so that everyone who clones has the hooks";

async function explainNoneFound({ env, stdout }: CommandContext): Promise<ExitCode> {
  const here = installers.filter(({ signs }) => findPrograms(signs, env).length > 0).map(({ id }) => id);
  await printProse(stdout, [
    "No agent has left a file in this project, so no hooks were written.",
    ...(here.length > 0 ? [`Installed on this machine: ${here.join(", ")}`] : []),
    `Name those that the project uses: countersign agents install ${here.length > 0 ? here.join(" ") : "AGENT..."}`,
  ]);
  return 0;
}
