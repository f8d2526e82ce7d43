import type { Condition } from "./condition.ts";

export const agents: Condition<readonly string[], ReadonlySet<string>> = {
  description: "Applies where one of these agents took part.",
  field: ({ listOf, AgentId }) => listOf(AgentId, "an agent"),
  normalise: (ids) => new Set(ids),
  holds: (ids, commit) => commit.agents.some((agent) => ids.has(agent)),
  // One agent of a rule is enough for it, so each of them must be one of the wider rule's.
  narrows: (ids, wider) => [...ids].every((agent) => wider.has(agent)),
};
