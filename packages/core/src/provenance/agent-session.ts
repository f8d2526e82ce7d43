import type { EnvironmentSign, VariableSign } from "../agents/agent.ts";
import { catalogue } from "../agents/catalogue.ts";
import { collectNames } from "./agent-names.ts";
import { readAgentName } from "./message/agent-name.ts";

/** The variables of a process, as `process.env` holds them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A sign that a process was started by an AI agent. */
export interface AgentSession {
  /** The agent's id in the catalogue; `unknown` for one that is not in it. */
  readonly agent: string;
  /** What gave it away, for people: as a rule a variable's name. */
  readonly sign: string;
}

/**
 * The agent in whose session a process with these variables runs. That none is found proves nothing: an agent can
 * clear its environment, and a person's terminal knows nothing of the agent that works in another.
 */
export function findAgentInEnvironment(env: Environment): AgentSession | undefined {
  return findByOwnVariables(env) ?? findByName(env);
}

/** Whether a variable says nothing, or `0`, `false`, `no` or `off`. */
export function isUnset(value: string | undefined): boolean {
  return value === undefined || /^(?:0|false|no|off)?$/i.test(value.trim());
}

function findByOwnVariables(env: Environment): AgentSession | undefined {
  let found: AgentSession | undefined;
  for (const { id, environment, imitates } of catalogue) {
    if (environment === undefined || (found !== undefined && !imitates?.includes(found.agent))) continue;
    const sign = environment.find((candidate) => holds(candidate, env));
    if (sign !== undefined) found = { agent: id, sign: sign.variable };
  }
  return found;
}

function holds(sign: EnvironmentSign, env: Environment): boolean {
  return meets(sign, env) && (sign.beside === undefined || meets(sign.beside, env));
}

function meets({ variable, equals, begins, contains, lacks }: VariableSign, env: Environment): boolean {
  const value = env[variable];
  if (value === undefined || isUnset(value)) return false;
  if (equals !== undefined && value !== equals) return false;
  if (begins !== undefined && !value.startsWith(begins)) return false;
  if (contains !== undefined && !value.includes(contains)) return false;
  return !lacks?.some((text) => value.includes(text));
}

/** `AI_AGENT` is for every agent, and its value names the one. `AGENT` is not read so: it is a private variable of many. */
function findByName(env: Environment): AgentSession | undefined {
  const value = env["AI_AGENT"];
  return value === undefined || isUnset(value) ? undefined : { agent: agentIdOf(value), sign: "AI_AGENT" };
}

/**
 * The id of the agent that a program calls by this name, with or without a version and a role behind it:
 * `claude-code_2-1-263_agent`, `codex@0.140`, `github_copilot_cloud_agent`. `unknown` where the catalogue has none.
 */
export function agentIdOf(name: string): string {
  return readAgentName(name, { names: collectNames(catalogue) })?.agent.id ?? "unknown";
}

/** The agent whose program has this name, where that is the only way to know it. */
export function findAgentByProgram(program: string): string | undefined {
  return catalogue.find(({ processes }) => processes?.includes(program))?.id;
}
