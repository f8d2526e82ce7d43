import type { Agent } from "../agents/agent.ts";
import { catalogue } from "../agents/catalogue.ts";
import { collectNames } from "../provenance/agent-names.ts";
import { readAgentName } from "../provenance/message/agent-name.ts";

/** The agent of this id or name. */
export function findAgent(text: string): Agent | undefined {
  return readAgentName(text, { names: collectNames(catalogue) })?.agent;
}

/** The id of the agent that is named, in the catalogue or not; `unknown` for what cannot be an id. */
export function readAgentId(text = ""): string {
  return findAgent(text)?.id ?? (/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/.test(text) ? text : "unknown");
}
