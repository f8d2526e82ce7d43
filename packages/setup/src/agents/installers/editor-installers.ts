import { hookScript } from "../shapes/agent-script.ts";
import { shellCommand } from "../shapes/hook-command.ts";
import { flatLists, matcherGroups, namedHooks } from "../shapes/hook-shapes.ts";
import { toolsAfter, toolsBefore } from "../shapes/tool-patterns.ts";
import { windowsCommand } from "../shapes/windows-command.ts";
import { type Installer, RESTART } from "./installer.ts";

const AUGMENT_SCRIPT = ".augment/hooks/countersign.sh";

/** Agents that are at home in an editor, though some have a terminal program too. */
export const editorInstallers: readonly Installer[] = [
  {
    id: "cursor",
    name: "Cursor",
    signs: { paths: [".cursor", ".cursorrules"], programs: ["cursor", "cursor-agent"] },
    files: [
      flatLists({
        agent: "cursor",
        paths: [".cursor/hooks.json"],
        events: {
          afterFileEdit: null,
          beforeShellExecution: null,
          afterShellExecution: null,
          beforeMCPExecution: null,
          afterMCPExecution: null,
        },
        companions: { version: 1 },
      }),
    ],
    next: "trust the workspace; Cursor reads the file when it is saved; otherwise restart it",
  },
  {
    id: "copilot",
    name: "GitHub Copilot",
    aliases: ["github-copilot"],
    signs: {
      paths: [".github/copilot-instructions.md", ".github/instructions", ".github/hooks", ".github/copilot"],
      programs: ["copilot"],
    },
    files: [
      flatLists({
        agent: "copilot",
        paths: [".github/hooks/countersign.json"],
        // The tools of MCP servers have no prefix of their own.
        events: {
          preToolUse: toolsBefore("copilot"),
          postToolUse: toolsAfter("copilot"),
        },
        companions: { version: 1 },
        handler: (call) => ({
          type: "command",
          bash: shellCommand(call),
          powershell: windowsCommand(call),
          cwd: ".",
        }),
      }),
    ],
    next: `${RESTART}; the cloud agent takes the file from the default branch`,
  },
  {
    id: "windsurf",
    name: "Windsurf",
    signs: { paths: [".windsurf", ".windsurfrules"], programs: ["windsurf"] },
    files: [
      flatLists({
        agent: "windsurf",
        paths: [".windsurf/hooks.json"],
        events: {
          post_write_code: null,
          pre_run_command: null,
          post_run_command: null,
          pre_mcp_tool_use: null,
          post_mcp_tool_use: null,
        },
        handler: (call) => ({ command: shellCommand(call), show_output: false }),
      }),
    ],
    next: "restart Windsurf",
  },
  {
    id: "cline",
    name: "Cline",
    signs: { paths: [".clinerules"], programs: ["cline"] },
    files: ["PreToolUse", "PostToolUse"].map((event) =>
      hookScript({ agent: "cline", path: `.clinerules/hooks/${event}`, reply: '{"cancel":false}' }),
    ),
    next: "switch hooks on in Cline's settings; on Windows it does not run them",
  },
  {
    id: "kiro",
    name: "Kiro",
    signs: { paths: [".kiro"], programs: ["kiro", "kiro-cli"] },
    files: [
      namedHooks({
        agent: "kiro",
        paths: [".kiro/hooks/countersign.json"],
        // The names of the tools differ between the editor and the terminal.
        events: { PreToolUse: null, PostToolUse: null },
        companions: { version: "v1" },
      }),
    ],
    next: `${RESTART}; needs Kiro IDE 1.0 or Kiro CLI 3`,
  },
  {
    id: "augment",
    name: "Augment",
    aliases: ["auggie"],
    signs: { paths: [".augment", ".augment-guidelines"], programs: ["auggie"] },
    files: [
      matcherGroups({
        agent: "augment",
        paths: [".augment/settings.json"],
        events: {
          PreToolUse: toolsBefore("augment"),
          PostToolUse: toolsAfter("augment"),
        },
        // Augment starts scripts alone, no command lines.
        handler: () => ({ command: AUGMENT_SCRIPT }),
        sign: AUGMENT_SCRIPT,
      }),
      hookScript({ agent: "augment", path: AUGMENT_SCRIPT }),
    ],
    next: RESTART,
  },
  {
    id: "continue",
    name: "Continue",
    aliases: ["cn"],
    signs: { paths: [".continue"], programs: ["cn"] },
    files: [
      matcherGroups({
        agent: "continue",
        paths: [".continue/settings.json"],
        events: { PreToolUse: toolsBefore("continue"), PostToolUse: toolsAfter("continue") },
      }),
    ],
    next: `${RESTART}; the terminal program runs them, the editor extensions do not`,
  },
];
