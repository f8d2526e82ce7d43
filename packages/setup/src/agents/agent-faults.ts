import { CountersignError } from "@countersign/core";
import { apply } from "../files/apply.ts";
import type { Plan } from "../files/plan.ts";
import { UnwritableFile } from "../files/unwritable-file.ts";
import type { AgentProject } from "./project.ts";

/** Runs what has to do with agents' files, of which the faults have a code of their own. @throws `AGENT_FILE_UNUSABLE`. */
export function inAgentWords<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw asAgentFault(error);
  }
}

/** Does a plan that is about agents' files alone. @throws `AGENT_FILE_UNUSABLE`. */
export async function applyToAgents(project: AgentProject, plan: Plan): Promise<void> {
  try {
    await apply(project, plan.steps());
  } catch (error) {
    throw asAgentFault(error);
  }
}

function asAgentFault(error: unknown): unknown {
  if (!(error instanceof UnwritableFile)) return error;
  const { path, reason } = error;
  return new CountersignError("AGENT_FILE_UNUSABLE", { file: path, problem: reason }, { cause: error });
}
