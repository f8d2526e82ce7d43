import type { agentFaultMessages } from "./agent-faults.ts";
import type { CodePage } from "./message.ts";

type AgentFaultCode = keyof typeof agentFaultMessages;

/** A page for every way in which the hooks of an AI agent are not set up. */
export const agentFaultPages: {
  readonly [Code in AgentFaultCode]: CodePage<Parameters<(typeof agentFaultMessages)[Code]>[0]>;
} = {
  AGENT_UNKNOWN: {
    means: "The agents command was given a name that no agent has.",
    example: { agent: "claud", known: ["claude-code", "cursor"] },
  },
  AGENT_WITHOUT_HOOKS: {
    means: "The agent has no hooks that a project could set up.",
    example: { agent: "aider", reason: "it has no hooks" },
  },
  AGENT_FILE_INVALID: {
    means: "A configuration file of an agent is damaged, so that nothing can be added to it.",
    example: { file: ".claude/settings.json", problem: "line 3: a comma is missing" },
  },
  AGENT_FILE_TAKEN: {
    means: "Where a hook of an agent belongs stands a file of somebody else's.",
    example: { file: ".clinerules/hooks/PostToolUse", problem: "is not countersign's" },
  },
  AGENT_FILE_UNUSABLE: {
    means: "A configuration file of an agent is a link, a folder, or may not be written.",
    example: { file: ".claude/settings.json", problem: "it is a symbolic link" },
  },
};
