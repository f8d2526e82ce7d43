import { type AgentSession, findAgentByProgram, findAgentInEnvironment } from "@countersign/core/internal";
import type { Ancestor } from "./ancestor.ts";
import { listAncestors } from "./list-ancestors.ts";
import { programsOf } from "./programs.ts";
import { findAgentByStdEnv } from "./std-env-agent.ts";

/**
 * The agent in whose session a process runs that has these variables and ancestors. The ancestors are asked for only
 * where the variables say nothing. That none is found proves nothing.
 */
export function findAgentSession(
  env: NodeJS.ProcessEnv,
  ancestors: () => readonly Ancestor[] = listAncestors,
): AgentSession | undefined {
  return findAgentInEnvironment(env) ?? findInStdEnv(env) ?? findAmong(ancestors());
}

function findInStdEnv(env: NodeJS.ProcessEnv): AgentSession | undefined {
  const agent = findAgentByStdEnv(env);
  return agent === undefined ? undefined : { agent, sign: "its environment variables" };
}

function findAmong(ancestors: readonly Ancestor[]): AgentSession | undefined {
  for (const { args } of ancestors) {
    for (const program of programsOf(args)) {
      const agent = findAgentByProgram(program);
      if (agent !== undefined) return { agent, sign: `process ${program}` };
    }
  }
  return undefined;
}
