import { detectAgent, env as ownEnvironment } from "std-env";

/** A sign that this process was started by an AI agent. */
export interface AgentSession {
  readonly agent: string;
  /** What gave it away: a variable's name. */
  readonly sign: string;
}

/** Variables that an agent sets for what it starts, in the order of asking; a function where the value decides. */
const STRONG: readonly (readonly [agent: string, variable: string, holds?: (value: string) => boolean])[] = [
  // Amp sets Claude Code's variable too, and Goose and Crush share `AGENT` with it.
  ["amp", "AMP_CURRENT_THREAD_ID"],
  ["amp", "AGENT", (value) => value === "amp"],
  ["goose", "GOOSE_TERMINAL"],
  ["goose", "AGENT", (value) => value === "goose"],
  ["crush", "CRUSH"],
  ["crush", "AGENT", (value) => value === "crush"],
  ["claude-code", "CLAUDECODE"],
  ["claude-code", "CLAUDE_CODE_SESSION_ID"],
  ["claude-code", "CLAUDE_CODE_CHILD_SESSION"],
  ["claude-code", "CLAUDE_CODE_REMOTE"],
  ["codex", "CODEX_THREAD_ID"],
  ["codex", "CODEX_SANDBOX"],
  ["codex", "CODEX_CI"],
  ["codex", "CODEX_INTERNAL_ORIGINATOR_OVERRIDE"],
  ["gemini", "GEMINI_CLI"],
  ["qwen", "QWEN_CODE"],
  ["cursor", "CURSOR_AGENT"],
  ["cursor", "CURSOR_EXTENSION_HOST_ROLE", (value) => value === "agent-exec"],
  ["copilot", "COPILOT_CLI"],
  ["copilot", "COPILOT_AGENT_SESSION_ID"],
  ["copilot", "COPILOT_AGENT"],
  ["copilot", "COPILOT_AGENT_JOB_ID"],
  ["opencode", "OPENCODE"],
  ["cline", "CLINE_ACTIVE"],
  ["roo", "ROO_ACTIVE"],
  ["kiro", "KIRO_AGENT_PATH"],
  ["amazon-q", "AWS_EXECUTION_ENV", (value) => value.includes("AmazonQ-For-CLI")],
  ["augment", "AUGMENT_AGENT"],
  ["antigravity", "ANTIGRAVITY_AGENT"],
  ["junie", "JUNIE_DATA"],
  ["junie", "JUNIE_SHIM_PATH"],
  ["pi", "PI_CODING_AGENT"],
  ["warp", "OZ_RUN_ID"],
  ["trae", "TRAE_AI_SHELL_ID"],
  ["grok", "GROK_AGENT"],
  ["iflow", "IFLOW_CLI"],
  ["codebuddy", "CODEBUDDY"],
  ["firebender", "FIREBENDER_TERMINAL"],
  ["replit", "REPLIT_MODE", (value) => value === "assistant"],
  ["devin", "EDITOR", (value) => value.includes("devin")],
  ["openhands", "PS1", (value) => value.includes("###PS1JSON###")],
  ["openhands", "PROMPT_COMMAND", (value) => value.includes("###PS1JSON###")],
];

/** std-env takes these for agents by variables that a person's own shell can have as well. */
const WEAK: ReadonlySet<string> = new Set(["replit", "goose", "pi", "kiro"]);

/** The agent in whose session this runs. That none is found proves nothing: an agent can clear its environment. */
export function findAgentSession(env: NodeJS.ProcessEnv): AgentSession | undefined {
  const isSet = (variable: string): boolean => !isFalsy(env[variable]);
  for (const [agent, variable, holds] of STRONG) {
    const value = env[variable] ?? "";
    if (isSet(variable) && (!holds || holds(value))) return { agent, sign: variable };
  }
  if (isSet("AGENT_CONTEXT_OUT") && isSet("AGENT_DISPLAY_OUT")) return { agent: "kiro", sign: "AGENT_CONTEXT_OUT" };
  if (env["USER"] === "swebot" && env["HOME"] === "/home/jules") return { agent: "jules", sign: "USER" };
  // The value may carry a version and a role behind the name.
  const named = isSet("AI_AGENT") ? env["AI_AGENT"]?.split(/[_@/]/)[0] : undefined;
  if (named) return { agent: named, sign: "AI_AGENT" };
  const other = detectByStdEnv();
  return other === undefined || WEAK.has(other) ? undefined : { agent: other, sign: "its environment variables" };
}

/** std-env knows agents that come up later. It takes `CLAUDECODE=0` for a session, so such values are put aside for it. */
function detectByStdEnv(): string | undefined {
  const falsy = Object.entries(ownEnvironment).filter(([, value]) => isFalsy(value));
  for (const [variable] of falsy) delete ownEnvironment[variable];
  try {
    return detectAgent().name;
  } finally {
    Object.assign(ownEnvironment, Object.fromEntries(falsy));
  }
}

function isFalsy(value: string | undefined): boolean {
  return value === undefined || /^\s*(?:0|false|no|off)?\s*$/i.test(value);
}
