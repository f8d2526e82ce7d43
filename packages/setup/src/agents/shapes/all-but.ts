import { findAgent } from "@countersign/core/internal";

/**
 * A pattern of all tools of an agent but those that are known to change nothing, and others: for agents that read it as
 * JavaScript does, and whose MCP tools cannot be told by their names.
 */
export function allBut(agent: string, ...others: readonly string[]): string {
  const actions = findAgent(agent)?.hooks?.actions ?? [];
  const harmless = actions.filter(({ does }) => does === "nothing").flatMap(({ tools = [] }) => tools);
  return `^(?!(${[...harmless, ...others].join("|")})$).*$`;
}
