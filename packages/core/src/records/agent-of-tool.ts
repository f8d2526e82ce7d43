import type { AgentIndex } from "../provenance/agent-index.ts";
import { readAgentName } from "../provenance/message/agent-name.ts";
import type { RecordedAgent } from "./recorder.ts";

const LONGEST_NAME = 100;

/** What recorders write where they do not know the model. */
const NO_MODEL = /^(?:unknown|default|auto|none|<.*>)?$/i;

/** The agent that a recorder calls `claude`, `github-copilot` or `Gemini CLI`; `unknown` where no record names it. */
export function agentOfTool(tool: string, model: string | undefined, index: AgentIndex): RecordedAgent {
  const known = readAgentName(tool.slice(0, LONGEST_NAME), index);
  const named = model?.slice(0, LONGEST_NAME);
  return {
    agent: known?.agent.id ?? "unknown",
    model: named === undefined || NO_MODEL.test(named) ? undefined : named,
  };
}
