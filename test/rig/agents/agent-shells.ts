/** What a shell's programs inherit. */
interface Shell {
  /** For the title of a test. */
  readonly shell: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A shell that an agent opened: the variables that it really sets, all of them together. */
export interface AgentShell extends Shell {
  /** The agent's id in the catalogue. */
  readonly agent: string;
}

/** Every agent that tells its shells' programs of itself. To run git in one, lay `env` over that of a scratch folder. */
export const agentShells: readonly AgentShell[] = [
  {
    agent: "claude-code",
    shell: "Claude Code",
    env: {
      CLAUDECODE: "1",
      CLAUDE_CODE_ENTRYPOINT: "cli",
      CLAUDE_CODE_SESSION_ID: "3f0e8a52-9f6f-4c3b-8f6e-2f9a7b1d4c55",
      CLAUDE_CODE_CHILD_SESSION: "1",
      AI_AGENT: "claude-code_2-1-263_agent",
    },
  },
  { agent: "claude-code", shell: "Claude Code before 2.1", env: { CLAUDECODE: "1", CLAUDE_CODE_ENTRYPOINT: "cli" } },
  { agent: "claude-code", shell: "the Claude Agent SDK", env: { CLAUDE_CODE_ENTRYPOINT: "sdk-py" } },
  {
    agent: "claude-code",
    shell: "Claude Code on the web",
    env: { CLAUDECODE: "1", CLAUDE_CODE_REMOTE: "true", CLAUDE_CODE_ENTRYPOINT: "remote" },
  },
  { agent: "codex", shell: "Codex", env: { CODEX_THREAD_ID: "0199a213-81c0-7800-8aa1-bbab2a035a53", CODEX_CI: "1" } },
  {
    agent: "codex",
    shell: "Codex in its sandbox",
    env: { CODEX_THREAD_ID: "0199a213", CODEX_SANDBOX: "seatbelt", CODEX_SANDBOX_NETWORK_DISABLED: "1" },
  },
  { agent: "codex", shell: "Codex cloud", env: { CODEX_INTERNAL_ORIGINATOR_OVERRIDE: "codex_web_agent" } },
  { agent: "gemini", shell: "Gemini CLI", env: { GEMINI_CLI: "1" } },
  { agent: "qwen-code", shell: "Qwen Code", env: { QWEN_CODE: "1" } },
  {
    agent: "cursor",
    shell: "Cursor's agent",
    env: { CURSOR_AGENT: "1", CURSOR_TRACE_ID: "6f1d", TERM_PROGRAM: "vscode" },
  },
  { agent: "cursor", shell: "Cursor's sandbox", env: { CURSOR_SANDBOX: "seatbelt" } },
  { agent: "cursor", shell: "Cursor's extension host", env: { CURSOR_EXTENSION_HOST_ROLE: "agent-exec" } },
  { agent: "cursor", shell: "an old Cursor", env: { CURSOR_TRACE_ID: "6f1d", PAGER: "head -n 10000 | cat" } },
  { agent: "copilot", shell: "Copilot CLI", env: { COPILOT_CLI: "1", COPILOT_AGENT_SESSION_ID: "0b9b4a6e-7d52" } },
  {
    agent: "copilot",
    shell: "Copilot in VS Code",
    env: { AI_AGENT: "github_copilot_vscode_agent", TERM_PROGRAM: "vscode" },
  },
  { agent: "copilot", shell: "Copilot cloud agent", env: { AI_AGENT: "github_copilot_cloud_agent" } },
  { agent: "copilot", shell: "Copilot's job", env: { COPILOT_AGENT: "1", COPILOT_AGENT_JOB_ID: "1137-1104" } },
  {
    agent: "opencode",
    shell: "opencode",
    env: { OPENCODE: "1", OPENCODE_PID: "4711", OPENCODE_CLIENT: "cli", AGENT: "1" },
  },
  {
    agent: "amp",
    shell: "Amp",
    env: {
      AGENT: "amp",
      AMP_CURRENT_THREAD_ID: "T-0b9b4a6e-7d52-4f0f-8f3c-3f1f0a6f2c11",
      AGENT_THREAD_ID: "T-0b9b4a6e-7d52-4f0f-8f3c-3f1f0a6f2c11",
      CLAUDECODE: "1",
    },
  },
  { agent: "goose", shell: "Goose", env: { GOOSE_TERMINAL: "1", AGENT: "goose", AGENT_SESSION_ID: "20260112_3" } },
  { agent: "crush", shell: "Crush", env: { CRUSH: "1", AGENT: "crush", AI_AGENT: "crush" } },
  { agent: "cline", shell: "Cline", env: { CLINE_ACTIVE: "true", TERM_PROGRAM: "vscode" } },
  { agent: "roo", shell: "Roo Code", env: { ROO_ACTIVE: "true", TERM_PROGRAM: "vscode" } },
  { agent: "kiro", shell: "Kiro", env: { KIRO_AGENT_PATH: "/usr/share/kiro/agent", TERM_PROGRAM: "kiro" } },
  {
    agent: "kiro",
    shell: "Kiro CLI",
    env: { AGENT_CONTEXT_OUT: "/tmp/agent-context-out-1.fifo", AGENT_DISPLAY_OUT: "/tmp/agent-display-out-1.fifo" },
  },
  {
    agent: "amazon-q",
    shell: "Amazon Q",
    env: { AWS_EXECUTION_ENV: "AWS_ECS_FARGATE AmazonQ-For-CLI Version/1.19.0" },
  },
  { agent: "augment", shell: "Augment", env: { AUGMENT_AGENT: "1" } },
  { agent: "antigravity", shell: "Antigravity", env: { ANTIGRAVITY_AGENT: "1" } },
  { agent: "junie", shell: "Junie", env: { JUNIE_DATA: "/home/ada/.junie", JUNIE_SHIM_PATH: "/home/ada/.junie/shim" } },
  { agent: "pi", shell: "Pi", env: { PI_CODING_AGENT: "true", AI_AGENT: "pi" } },
  { agent: "warp", shell: "Warp's agent", env: { OZ_RUN_ID: "0b9b4a6e", TERM_PROGRAM: "WarpTerminal" } },
  { agent: "trae", shell: "Trae", env: { TRAE_AI_SHELL_ID: "7" } },
  { agent: "grok", shell: "Grok", env: { GROK_AGENT: "1" } },
  { agent: "iflow", shell: "iFlow", env: { IFLOW_CLI: "1" } },
  { agent: "codebuddy", shell: "CodeBuddy", env: { CODEBUDDY: "1", CLAUDECODE: "1" } },
  { agent: "firebender", shell: "Firebender", env: { FIREBENDER_TERMINAL: "1" } },
  { agent: "replit", shell: "Replit's assistant", env: { REPL_ID: "a1b2", REPLIT_MODE: "assistant" } },
  { agent: "devin", shell: "Devin", env: { EDITOR: "/opt/.devin/bin/devin-editor" } },
  { agent: "jules", shell: "Jules", env: { HOME: "/home/jules", USER: "swebot" } },
  { agent: "openhands", shell: "OpenHands", env: { PS1: '\n###PS1JSON###\n{"pid": "$!"}\n###PS1END###\n' } },
  { agent: "openhands", shell: "newer OpenHands", env: { PROMPT_COMMAND: 'PS1="###PS1JSON###"' } },
  { agent: "bolt", shell: "Bolt", env: { SHELL: "/bin/jsh", npm_config_yes: "true" } },
  { agent: "v0", shell: "v0", env: { AI_AGENT: "v0" } },
  { agent: "unknown", shell: "an agent that is not in the catalogue", env: { AI_AGENT: "shiny-new-thing_1.0_agent" } },
];

/** The programs of agents that set nothing: anyone who commits below one of them is that agent, by its id. */
export const agentPrograms: readonly string[] = ["aider", "droid"];

/** The innocent twins: people at work, some with an agent's settings or beside one. */
export const humanShells: readonly Shell[] = [
  { shell: "a plain terminal", env: { TERM: "xterm-256color", SHELL: "/bin/bash", EDITOR: "vim" } },
  { shell: "the terminal of Cursor", env: { CURSOR_TRACE_ID: "6f1d", TERM_PROGRAM: "vscode" } },
  { shell: "the terminal of Cursor with a pager of one's own", env: { CURSOR_TRACE_ID: "6f1d", PAGER: "less" } },
  { shell: "the terminal of VS Code", env: { TERM_PROGRAM: "vscode", VSCODE_INJECTION: "1", GIT_PAGER: "cat" } },
  {
    shell: "the terminal of VS Code with Claude Code's extension",
    env: { TERM_PROGRAM: "vscode", CLAUDE_CODE_SSE_PORT: "41999", ENABLE_IDE_INTEGRATION: "true" },
  },
  { shell: "the terminal of Kiro", env: { TERM_PROGRAM: "kiro" } },
  { shell: "the terminal of Zed", env: { TERM_PROGRAM: "zed", ZED_TERM: "true" } },
  { shell: "the terminal of Zed without a pager", env: { TERM_PROGRAM: "zed", PAGER: "cat" } },
  {
    shell: "the terminal of Windsurf",
    env: { TERM_PROGRAM: "vscode", CODEIUM_EDITOR_APP_ROOT: "/usr/share/windsurf" },
  },
  { shell: "the terminal of JetBrains", env: { TERMINAL_EMULATOR: "JetBrains-JediTerm" } },
  { shell: "Warp", env: { TERM_PROGRAM: "WarpTerminal" } },
  { shell: "a shell on Replit", env: { REPL_ID: "a1b2", REPL_SLUG: "shop", REPLIT_MODE: "workspace" } },
  { shell: "a shell on StackBlitz", env: { SHELL: "/bin/jsh" } },
  { shell: "a shell on AWS", env: { AWS_EXECUTION_ENV: "CloudShell" } },
  { shell: "settings of Goose", env: { GOOSE_PROVIDER: "anthropic", GOOSE_MODEL: "claude-opus-5" } },
  { shell: "settings of Codex", env: { CODEX_HOME: "/home/ada/.codex", OPENAI_API_KEY: "x" } },
  { shell: "settings of Copilot", env: { COPILOT_MODEL: "gpt-5", COPILOT_GITHUB_TOKEN: "x" } },
  { shell: "settings of Claude Code", env: { ANTHROPIC_API_KEY: "x", CLAUDE_PROJECT_DIR: "/home/ada/shop" } },
  { shell: "an agent switched off", env: { CLAUDECODE: "0", CURSOR_AGENT: "false", AI_AGENT: "off" } },
  { shell: "an agent's variables emptied", env: { CLAUDECODE: "", GEMINI_CLI: " ", AI_AGENT: "", CODEX_CI: "no" } },
  { shell: "an AGENT of one's own", env: { AGENT: "build-runner-7", AGENT_SESSION_ID: "0b9b4a6e" } },
  { shell: "an AGENT that is a switch", env: { AGENT: "1", AGENT_THREAD_ID: "17" } },
  { shell: "a CRUSH of Ceph's", env: { CRUSH: "/etc/ceph/crush.map" } },
  { shell: "one half of Kiro's pair", env: { AGENT_CONTEXT_OUT: "/tmp/context" } },
  { shell: "the home of a person called Devin", env: { EDITOR: "/home/devin/bin/vim" } },
  { shell: "the Mac of a person called Devin", env: { EDITOR: "/Users/devin/Applications/edit" } },
  { shell: "Devin Desktop as an editor", env: { EDITOR: "devin --wait" } },
  { shell: "the home of a person called Jules", env: { HOME: "/home/jules", USER: "jules" } },
];
