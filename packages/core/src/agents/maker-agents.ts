import { claudeHooks } from "../agent-events/claude-hooks.ts";
import { codexHooks, geminiHooks, kimiHooks, qwenHooks } from "../agent-events/terminal-hooks.ts";
import type { Agent } from "./agent.ts";

/** Agents that the makers of models bring out themselves. */
export const makerAgents: readonly Agent[] = [
  {
    id: "claude-code",
    name: "Claude Code",
    vendor: "Anthropic",
    // Other vendors' models, run through Claude Code, keep its address.
    emails: [
      "noreply@anthropic.com",
      "claude@anthropic.com",
      "claude-code@anthropic.com",
      "assistant@anthropic.com",
      "agent@anthropic.com",
    ],
    sharedEmails: [{ name: "Claude", email: "support@anthropic.com" }],
    bots: [
      { id: 209825114, login: "claude[bot]" },
      // The workflow's own id in front of the app's login: 41898282 alone is github-actions[bot].
      { id: 41898282, login: "claude[bot]" },
      { id: 215619710, login: "anthropic-claude[bot]" },
      { id: 208546643, login: "claude-code-action[bot]" },
    ],
    names: ["Claude", "Anthropic Claude", "Claude CLI", "Claude AI", "Claude Agent", "Claude Code CLI"],
    commonNames: ["Claude", "Opus", "Sonnet", "Haiku"],
    trailerKeys: [{ key: "Claude-Session", kind: "session", begins: "https://claude.ai/code/session_" }],
    footers: [
      "Generated with [Claude Code](https://claude.ai/code",
      "Generated with [Claude Code](https://claude.com/claude-code",
      "Generated with Claude Code",
    ],
    sessionLinks: ["https://claude.ai/code/session_"],
    branchPrefixes: ["claude/"],
    environment: [
      { variable: "CLAUDECODE" },
      { variable: "CLAUDE_CODE_SESSION_ID" },
      { variable: "CLAUDE_CODE_CHILD_SESSION" },
      { variable: "CLAUDE_CODE_ENTRYPOINT" },
      { variable: "CLAUDE_CODE_REMOTE" },
    ],
    hooks: claudeHooks,
  },
  {
    id: "codex",
    name: "Codex",
    vendor: "OpenAI",
    emails: ["noreply@openai.com", "codex@openai.com"],
    placeholderEmails: ["codex@example.com"],
    bots: [
      { id: 199175422, login: "chatgpt-codex-connector[bot]" },
      { id: 215057067, login: "openai-codex[bot]" },
    ],
    names: ["OpenAI Codex", "Codex CLI", "GPT", "OpenAI GPT"],
    sessionLinks: ["https://chatgpt.com/codex/tasks/task_"],
    branchPrefixes: ["codex/"],
    environment: [
      { variable: "CODEX_THREAD_ID" },
      { variable: "CODEX_SANDBOX" },
      { variable: "CODEX_SANDBOX_NETWORK_DISABLED" },
      { variable: "CODEX_CI" },
      { variable: "CODEX_INTERNAL_ORIGINATOR_OVERRIDE", equals: "codex_web_agent" },
    ],
    hooks: codexHooks,
  },
  { id: "chatgpt", name: "ChatGPT", vendor: "OpenAI", names: ["OpenAI ChatGPT", "Chat GPT"] },
  {
    id: "gemini",
    name: "Gemini",
    vendor: "Google",
    emails: ["gemini-cli@google.com", "noreply@google.com"],
    // gemini-cli[bot] and gemini-cli-robot release the tool: they are automation, not the agent.
    bots: [
      { id: 218195315, login: "gemini-cli" },
      { id: 176961590, login: "gemini-code-assist[bot]", class: "suggestion" },
    ],
    names: ["Gemini CLI", "Google Gemini", "Gemini Code Assist", "Google Gemini CLI"],
    commonNames: ["Gemini"],
    branchPrefixes: ["gemini/"],
    environment: [{ variable: "GEMINI_CLI" }],
    hooks: geminiHooks,
  },
  {
    id: "qwen-code",
    name: "Qwen Code",
    vendor: "Alibaba",
    emails: ["qwen-coder@alibabacloud.com"],
    names: ["Qwen-Coder", "Qwen Coder", "Qwen"],
    environment: [{ variable: "QWEN_CODE" }],
    imitates: ["gemini"],
    hooks: qwenHooks,
  },
  {
    id: "kimi",
    name: "Kimi",
    vendor: "Moonshot AI",
    emails: ["noreply@kimi.com", "noreply@moonshot.ai"],
    names: ["Kimi Code", "Kimi CLI", "Kimi Code CLI"],
    commonNames: ["Kimi"],
    hooks: kimiHooks,
  },
  { id: "mistral-vibe", name: "Mistral Vibe", vendor: "Mistral AI", emails: ["vibe@mistral.ai"] },
  {
    id: "grok",
    name: "Grok",
    vendor: "xAI",
    emails: ["noreply@x.ai", "grok-build@x.ai"],
    names: ["xAI Grok", "Grok Build", "Grok CLI"],
    environment: [{ variable: "GROK_AGENT" }],
  },
  { id: "glm", name: "GLM", vendor: "Z.ai", emails: ["noreply@z.ai"] },
];
