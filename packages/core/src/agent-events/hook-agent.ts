import type { Agent } from "../agents/agent.ts";
import { catalogue } from "../agents/catalogue.ts";
import { asciiLowerCase } from "../bytes.ts";

/** The agent of this id or name. */
export function findAgent(text: string): Agent | undefined {
  const name = asciiLowerCase(text);
  const isNamed = (agent: Agent): boolean =>
    [agent.name, ...(agent.names ?? []), ...(agent.commonNames ?? [])].some((known) => asciiLowerCase(known) === name);
  return catalogue.find(({ id }) => id === name) ?? catalogue.find(isNamed);
}

/** The id of the agent that is named, in the catalogue or not; `unknown` for what cannot be an id. */
export function readAgentId(text = ""): string {
  return findAgent(text)?.id ?? (/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/.test(text) ? text : "unknown");
}
