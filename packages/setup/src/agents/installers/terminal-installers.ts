import { shellCommand } from "../shapes/hook-command.ts";
import { flatLists, matcherGroups } from "../shapes/hook-shapes.ts";
import { AMP_PLUGIN, OPENCODE_PLUGIN, PI_PLUGIN } from "../shapes/plugin-bodies.ts";
import { hookPlugin } from "../shapes/plugin-file.ts";
import { toolsAfter, toolsBefore } from "../shapes/tool-patterns.ts";
import { windowsCommand } from "../shapes/windows-command.ts";
import { type Installer, RESTART } from "./installer.ts";

/** Agents that are at home in a terminal. */
export const terminalInstallers: readonly Installer[] = [
  {
    id: "claude-code",
    name: "Claude Code",
    aliases: ["claude"],
    signs: { paths: [".claude", "CLAUDE.md"], programs: ["claude"] },
    files: [
      matcherGroups({
        agent: "claude-code",
        paths: [".claude/settings.json"],
        events: {
          PreToolUse: "^(Bash|PowerShell|mcp__.*)$",
          PostToolUse: "^(Write|Edit|MultiEdit|NotebookEdit|Bash|PowerShell|mcp__.*)$",
        },
        root: '"$CLAUDE_PROJECT_DIR"/',
      }),
    ],
    next: `${RESTART} (/hooks lists them)`,
  },
  {
    id: "codex",
    name: "Codex CLI",
    signs: { paths: [".codex"], programs: ["codex"] },
    files: [
      matcherGroups({
        agent: "codex",
        paths: [".codex/hooks.json"],
        events: {
          PreToolUse: "^(Bash|shell|shell_command|exec_command|mcp__.*)$",
          PostToolUse: "^(apply_patch|Edit|Write|Bash|shell|shell_command|exec_command|mcp__.*)$",
        },
        // Codex runs hooks where the session was started, which may be a folder below.
        folder: '"$(git rev-parse --show-toplevel)"',
        handler: (call) => ({ command: shellCommand(call), commandWindows: windowsCommand(call) }),
      }),
    ],
    next: "each person trusts the project and then the hooks in Codex (/hooks), and again whenever they change",
  },
  {
    id: "gemini",
    name: "Gemini CLI",
    aliases: ["gemini-cli"],
    signs: { paths: [".gemini", "GEMINI.md"], programs: ["gemini"] },
    files: [
      matcherGroups({
        agent: "gemini",
        paths: [".gemini/settings.json"],
        // Older versions give the tools of an MCP server no prefix of their own.
        events: {
          BeforeTool: toolsBefore("gemini"),
          AfterTool: toolsAfter("gemini"),
        },
        handler: (call) => ({ name: "countersign", command: shellCommand(call) }),
      }),
    ],
    next: `${RESTART}; Gemini CLI warns once of hooks that are new to it`,
  },
  {
    id: "qwen-code",
    name: "Qwen Code",
    aliases: ["qwen"],
    signs: { paths: [".qwen", "QWEN.md"], programs: ["qwen"] },
    files: [
      matcherGroups({
        agent: "qwen-code",
        paths: [".qwen/settings.json"],
        events: {
          PreToolUse: "^(run_shell_command|mcp__.*)$",
          PostToolUse: "^(write_file|edit|replace|run_shell_command|mcp__.*)$",
        },
        handler: (call) => ({ name: "countersign", command: shellCommand(call) }),
      }),
    ],
    next: RESTART,
  },
  {
    id: "droid",
    name: "Droid",
    aliases: ["factory"],
    signs: { paths: [".factory"], programs: ["droid"] },
    files: [
      matcherGroups({
        agent: "droid",
        paths: [".factory/settings.json"],
        events: {
          PreToolUse: "^(Execute|Bash|mcp__.*)$",
          PostToolUse: "^(Create|Edit|MultiEdit|Write|ApplyPatch|Execute|Bash|mcp__.*)$",
        },
        root: '"$FACTORY_PROJECT_DIR"/',
      }),
    ],
    next: `${RESTART}; where there is a .factory/hooks.json, newer versions read that alone: move the hooks there`,
  },
  {
    id: "crush",
    name: "Crush",
    signs: { paths: ["crush.json", ".crush.json", ".crush", "CRUSH.md"], programs: ["crush"] },
    files: [
      flatLists({
        agent: "crush",
        paths: ["crush.json", ".crush.json"],
        // Crush has no other event: an edit is marked when it is about to be made.
        events: { PreToolUse: "^(bash|edit|multiedit|write|mcp_.*)$" },
      }),
    ],
    next: RESTART,
  },
  {
    id: "goose",
    name: "Goose",
    signs: { paths: [".goosehints", ".goose", ".agents/plugins/countersign"], programs: ["goose"] },
    files: [
      matcherGroups({
        agent: "goose",
        paths: [".agents/plugins/countersign/hooks/hooks.json"],
        events: { AfterFileEdit: null, PreToolUse: null, PostToolUse: null },
        root: '"$PLUGIN_ROOT"/../../../',
      }),
    ],
    next: `${RESTART}; needs Goose 1.38`,
  },
  {
    id: "opencode",
    name: "OpenCode",
    signs: { paths: [".opencode", "opencode.json", "opencode.jsonc"], programs: ["opencode"] },
    files: [hookPlugin({ agent: "opencode", path: ".opencode/plugins/countersign.ts", body: OPENCODE_PLUGIN })],
    next: RESTART,
  },
  {
    id: "amp",
    name: "Amp",
    signs: { paths: [".amp"], programs: ["amp"] },
    files: [
      hookPlugin({
        agent: "amp",
        path: ".amp/plugins/countersign.ts",
        firstLine: "// @i-know-the-amp-plugin-api-is-wip-and-very-experimental-right-now",
        body: AMP_PLUGIN,
      }),
    ],
    next: "reload Amp's plugins (`plugins: reload` in its palette); older versions need PLUGINS=all in the environment",
  },
  {
    id: "pi",
    name: "Pi",
    signs: { paths: [".pi"], programs: ["pi"] },
    files: [hookPlugin({ agent: "pi", path: ".pi/extensions/countersign.ts", body: PI_PLUGIN })],
    next: `${RESTART} (or /reload)`,
  },
];
