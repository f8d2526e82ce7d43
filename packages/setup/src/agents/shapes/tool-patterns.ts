import { findAgent } from "@countersign/core/internal";

/*
 * Patterns of an agent's tools, by what the catalogue knows of them: for agents that read a pattern as JavaScript does, and
 * whose MCP tools cannot be known by their names.
 */

/** The tools that a hook is wanted for afterwards: all but those that change nothing. */
export function toolsAfter(agent: string): string {
  return allBut(findTools(agent, ["nothing"]));
}

/** The tools that a hook is needed for before: not those either that say afterwards what they wrote. */
export function toolsBefore(agent: string): string {
  return allBut([...findTools(agent, ["nothing"]), ...findTools(agent, ["write", "patch", "delete"])]);
}

function findTools(agent: string, kinds: readonly string[]): readonly string[] {
  const actions = findAgent(agent)?.hooks?.actions ?? [];
  return actions.filter(({ does }) => kinds.includes(does)).flatMap(({ tools = [] }) => tools);
}

function allBut(tools: readonly string[]): string {
  return `^(?!(${[...new Set(tools)].join("|")})$).*$`;
}
