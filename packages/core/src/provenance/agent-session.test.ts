import { describe, expect, it } from "vitest";
import { catalogue } from "../agents/catalogue.ts";
import { agentIdOf, findAgentByProgram, findAgentInEnvironment } from "./agent-session.ts";

type Variables = Readonly<Record<string, string>>;

/** Agent, the variable that gives it away, its value, and what must stand beside it. */
const signs: [agent: string, variable: string, value: string, beside?: Variables][] = [
  ["claude-code", "CLAUDECODE", "1"],
  ["claude-code", "CLAUDE_CODE_SESSION_ID", "3f0e8a52"],
  ["claude-code", "CLAUDE_CODE_CHILD_SESSION", "1"],
  ["claude-code", "CLAUDE_CODE_ENTRYPOINT", "cli"],
  ["claude-code", "CLAUDE_CODE_REMOTE", "true"],
  ["codex", "CODEX_THREAD_ID", "0199a213"],
  ["codex", "CODEX_SANDBOX", "seatbelt"],
  ["codex", "CODEX_SANDBOX_NETWORK_DISABLED", "1"],
  ["codex", "CODEX_CI", "1"],
  ["codex", "CODEX_INTERNAL_ORIGINATOR_OVERRIDE", "codex_web_agent"],
  ["gemini", "GEMINI_CLI", "1"],
  ["qwen-code", "QWEN_CODE", "1"],
  ["cursor", "CURSOR_AGENT", "1"],
  ["cursor", "CURSOR_SANDBOX", "seatbelt"],
  ["cursor", "CURSOR_EXTENSION_HOST_ROLE", "agent-exec"],
  ["cursor", "CURSOR_TRACE_ID", "6f1d", { PAGER: "head -n 10000 | cat" }],
  ["copilot", "COPILOT_CLI", "1"],
  ["copilot", "COPILOT_AGENT_SESSION_ID", "0b9b4a6e"],
  ["copilot", "COPILOT_AGENT", "1"],
  ["copilot", "COPILOT_AGENT_JOB_ID", "1137-1104"],
  ["opencode", "OPENCODE", "1"],
  ["opencode", "OPENCODE_PID", "4711"],
  ["opencode", "OPENCODE_CLIENT", "cli"],
  ["amp", "AMP_CURRENT_THREAD_ID", "T-0b9b4a6e"],
  ["amp", "AGENT_THREAD_ID", "T-0b9b4a6e"],
  ["amp", "AGENT", "amp"],
  ["goose", "GOOSE_TERMINAL", "1"],
  ["goose", "AGENT", "goose"],
  ["crush", "CRUSH", "1"],
  ["crush", "AGENT", "crush"],
  ["cline", "CLINE_ACTIVE", "true"],
  ["roo", "ROO_ACTIVE", "true"],
  ["kiro", "KIRO_AGENT_PATH", "/usr/share/kiro/agent"],
  ["kiro", "AGENT_CONTEXT_OUT", "/tmp/a", { AGENT_DISPLAY_OUT: "/tmp/b" }],
  ["amazon-q", "AWS_EXECUTION_ENV", "AmazonQ-For-CLI Version/1.19.0"],
  ["augment", "AUGMENT_AGENT", "1"],
  ["antigravity", "ANTIGRAVITY_AGENT", "1"],
  ["junie", "JUNIE_DATA", "/home/ada/.junie"],
  ["junie", "JUNIE_SHIM_PATH", "/home/ada/.junie/shim"],
  ["pi", "PI_CODING_AGENT", "true"],
  ["warp", "OZ_RUN_ID", "0b9b4a6e"],
  ["trae", "TRAE_AI_SHELL_ID", "7"],
  ["grok", "GROK_AGENT", "1"],
  ["iflow", "IFLOW_CLI", "1"],
  ["codebuddy", "CODEBUDDY", "1"],
  ["firebender", "FIREBENDER_TERMINAL", "1"],
  ["replit", "REPLIT_MODE", "assistant"],
  ["devin", "EDITOR", "/opt/.devin/bin/devin-editor"],
  ["jules", "USER", "swebot", { HOME: "/home/jules" }],
  ["openhands", "PS1", "\n###PS1JSON###\n"],
  ["openhands", "PROMPT_COMMAND", 'PS1="###PS1JSON###"'],
  ["bolt", "SHELL", "/bin/jsh", { npm_config_yes: "true" }],
];

describe("an agent is known by the variables of its shell", () => {
  it.each(signs)("%s by %s=%s", (agent, variable, value, beside = {}) => {
    expect(findAgentInEnvironment({ ...beside, [variable]: value })).toEqual({ agent, sign: variable });
  });

  it.each(signs.filter(([, , , beside]) => beside))("%s not by %s=%s without its companion", (_, variable, value) => {
    expect(findAgentInEnvironment({ [variable]: value })).toBeUndefined();
  });

  it.each(["", " ", "0", "false", "FALSE", "no", "off"])("never by a variable that is %j", (value) => {
    const variables = signs.flatMap(([, variable, , beside = {}]) => [variable, ...Object.keys(beside)]);
    expect(findAgentInEnvironment(Object.fromEntries(variables.map((name) => [name, value])))).toBeUndefined();
  });

  it("with a row above for every sign of the catalogue", () => {
    const known = catalogue.flatMap(({ id, environment = [] }) => environment.map(({ variable }) => [id, variable]));
    expect(signs.map(([agent, variable]) => [agent, variable]).sort()).toEqual(known.sort());
  });

  it.each([
    ["amp", { CLAUDECODE: "1", AGENT: "amp" }],
    ["amp", { CLAUDECODE: "1", AMP_CURRENT_THREAD_ID: "T-1" }],
    ["codebuddy", { CLAUDECODE: "1", CODEBUDDY: "1" }],
    ["qwen-code", { GEMINI_CLI: "1", QWEN_CODE: "1" }],
    ["iflow", { GEMINI_CLI: "1", IFLOW_CLI: "1" }],
    ["claude-code", { CLAUDECODE: "1", AGENT: "1" }],
  ])("%s also where it sets those of another: %j", (agent, env) => {
    expect(findAgentInEnvironment(env)?.agent).toBe(agent);
  });
});

describe("AI_AGENT names the agent", () => {
  it.each([
    ["claude-code_2-1-263_agent", "claude-code"],
    ["claude-code/2.1.0", "claude-code"],
    ["claudecode", "claude-code"],
    ["claude", "claude-code"],
    ["codex@0.140.0", "codex"],
    ["codex-0.140.0", "codex"],
    ["github_copilot_vscode_agent", "copilot"],
    ["github_copilot_cloud_agent", "copilot"],
    ["github-copilot-cli", "copilot"],
    ["gemini_cli", "gemini"],
    ["codex_vscode_extension", "codex"],
    ["cursor-ide", "cursor"],
    ["claude-desktop@1.2", "claude-code"],
    ["augment-cli", "augment"],
    ["auggie", "augment"],
    ["amazonq", "amazon-q"],
    ["hermes-agent", "hermes"],
    ["pi", "pi"],
    ["v0", "v0"],
    ["crush", "crush"],
    [" Crush ", "crush"],
  ])("%s", (value, agent) => {
    expect(findAgentInEnvironment({ AI_AGENT: value })).toEqual({ agent, sign: "AI_AGENT" });
  });

  it.each(["1", "true", "shiny-new-thing", "cursor-killer", "my_codex", "🤖", "_", "x_".repeat(50_000)])(
    "and %.40s is an agent that is not in the catalogue, never one of that name",
    (value) => {
      expect(findAgentInEnvironment({ AI_AGENT: value })).toEqual({ agent: "unknown", sign: "AI_AGENT" });
    },
  );

  it("only where no agent's own variable speaks", () => {
    expect(findAgentInEnvironment({ AI_AGENT: "1", OPENCODE: "1" })).toEqual({ agent: "opencode", sign: "OPENCODE" });
  });

  it.each(catalogue.map(({ id, name }) => [id, name]))(
    "so that %s is found by its id and by the name %s",
    (id, name) => {
      expect([agentIdOf(id), agentIdOf(name)]).toEqual([id, id]);
    },
  );
});

it("knows by their programs only agents that set no variable", () => {
  expect([findAgentByProgram("aider"), findAgentByProgram("droid")]).toEqual(["aider", "droid"]);
  const others = catalogue
    .filter(({ environment }) => environment !== undefined)
    .map(({ id }) => findAgentByProgram(id));
  expect(new Set(others)).toEqual(new Set([undefined]));
});
