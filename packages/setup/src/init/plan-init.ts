import { adviseSharing } from "../agents/advise-sharing.ts";
import type { Installer } from "../agents/installers/installer.ts";
import { changesAgent, planAgentInstall } from "../agents/plan-agents.ts";
import { findLauncher } from "../agents/project.ts";
import { planCi } from "../ci/plan-ci.ts";
import { planLedgerWorkflow } from "../ci/plan-ledger-workflow.ts";
import { planLineFeeds } from "../files/line-feeds.ts";
import { Plan } from "../files/plan.ts";
import { HOOK_NAMES } from "../managers/hook-name.ts";
import { managerNamed } from "../managers/managers.ts";
import { POLICY_FILE, planPolicy } from "../policy/plan-policy.ts";
import { requireProgram, type Surroundings } from "../surroundings.ts";
import type { Choices } from "./choices.ts";
import type { Defaults } from "./defaults.ts";

/**
 * All that `init` has to do. `version` is the program's own.
 * @throws as its parts: nothing was done then.
 */
export async function planInit(
  surroundings: Surroundings,
  choices: Choices,
  { baseline }: Defaults,
  version: string,
): Promise<Plan> {
  const plan = new Plan(surroundings);
  await planPolicy(surroundings, choices, baseline, plan);
  const manager = managerNamed(choices.manager);
  const brought = surroundings.hooks.length === 0 && manager.bringsProgram?.(surroundings);
  const set = brought ? { ...surroundings, hooks: HOOK_NAMES } : requireProgram(surroundings);
  manager.planInstall(set, plan, version);
  await planCi(choices, surroundings.policyFile ?? POLICY_FILE, plan);
  if (choices.ci === "github" && choices.ledger !== undefined) {
    await planLedgerWorkflow(surroundings, choices.ledger, plan);
  }
  if (choices.agents) await planAgents(surroundings, choices.agents, plan);
  await planLineFeeds(surroundings, plan);
  return plan;
}

async function planAgents(surroundings: Surroundings, installers: readonly Installer[], plan: Plan): Promise<void> {
  if (installers.length === 0) plan.notes.push(NONE_FOUND);
  const launcher = await findLauncher(surroundings.context, surroundings.root);
  const agents = installers
    .map((installer) => planAgentInstall(plan, installer, launcher))
    .filter((agent) => changesAgent(plan, agent));
  if (agents.length === 0) return;
  const changed = agents.map(({ installer }) => installer);
  plan.notes.push(...nextSteps(changed), ...(await adviseSharing({ ...surroundings, launcher }, plan, agents)));
}

const NONE_FOUND = "no agent has left a file in this project: name those that it uses, as in `--agents claude-code`";

/** What a person does so that the hooks run: once for all agents that need the same. */
function nextSteps(installers: readonly Installer[]): readonly string[] {
  const steps = new Set(installers.map(({ next }) => next));
  return [...steps].map((step) => {
    const names = installers.flatMap(({ name, next }) => (next === step ? [name] : []));
    return `${names.join(", ")}: ${step}`;
  });
}
