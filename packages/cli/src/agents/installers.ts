import { powerShellCommand, shellCommand, windowsCommand } from "./hook-command.ts";
import { hookScript } from "./hook-script.ts";
import { flatLists, matcherGroups, namedHooks } from "./hook-shapes.ts";
import type { Installer } from "./installer.ts";
import { AMP_PLUGIN, OPENCODE_PLUGIN, PI_PLUGIN } from "./plugin-bodies.ts";
import { hookPlugin } from "./plugin-file.ts";

const RESTART = "start a new session; running ones do not know the hooks yet";

const AUGMENT_SCRIPT = ".augment/hooks/countersign.sh";

/** Every agent whose hooks a project can set up. To teach countersign one more, add a record and look at its golden. */
export const installers: readonly Installer[] = [
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
          PreToolUse: "Bash|PowerShell",
          PostToolUse: "Write|Edit|MultiEdit|NotebookEdit|Bash|PowerShell",
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
          PreToolUse: "Bash|shell|exec_command",
          PostToolUse: "apply_patch|Edit|Write|Bash|shell|exec_command",
        },
        // Codex runs hooks where the session was started, which may be a folder below.
        root: '"$(git rev-parse --show-toplevel)"/',
        handler: (call) => ({ command: shellCommand(call), commandWindows: windowsCommand(call) }),
      }),
    ],
    next: "each person trusts the project and then the hooks in Codex (/hooks), and again whenever they change",
  },
  {
    id: "cursor",
    name: "Cursor",
    signs: { paths: [".cursor", ".cursorrules"], programs: ["cursor", "cursor-agent"] },
    files: [
      flatLists({
        agent: "cursor",
        paths: [".cursor/hooks.json"],
        events: { afterFileEdit: null, beforeShellExecution: null, afterShellExecution: null },
        companions: { version: 1 },
      }),
    ],
    next: "trust the workspace; Cursor reads the file when it is saved, else restart it",
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
        events: {
          preToolUse: "bash|powershell",
          postToolUse: "create|edit|str_replace_editor|apply_patch|bash|powershell",
        },
        companions: { version: 1 },
        handler: (call) => ({
          type: "command",
          bash: shellCommand(call),
          powershell: powerShellCommand(call),
          cwd: ".",
        }),
      }),
    ],
    next: `${RESTART}; the cloud agent takes the file from the default branch`,
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
        events: { BeforeTool: "^run_shell_command$", AfterTool: "^(write_file|replace|run_shell_command)$" },
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
          PreToolUse: "^run_shell_command$",
          PostToolUse: "^(write_file|edit|notebook_edit|run_shell_command)$",
        },
        handler: (call) => ({ name: "countersign", command: shellCommand(call) }),
      }),
    ],
    next: RESTART,
  },
  {
    id: "windsurf",
    name: "Windsurf",
    signs: { paths: [".windsurf", ".windsurfrules"], programs: ["windsurf"] },
    files: [
      flatLists({
        agent: "windsurf",
        paths: [".windsurf/hooks.json"],
        events: { post_write_code: null, pre_run_command: null, post_run_command: null },
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
    id: "droid",
    name: "Droid",
    aliases: ["factory"],
    signs: { paths: [".factory"], programs: ["droid"] },
    files: [
      matcherGroups({
        agent: "droid",
        paths: [".factory/settings.json"],
        events: { PreToolUse: "Execute|Bash", PostToolUse: "Create|Edit|MultiEdit|Write|ApplyPatch|Execute|Bash" },
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
        events: { PreToolUse: "^(bash|edit|multiedit|write)$" },
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
        events: { AfterFileEdit: null, BeforeShellExecution: null, AfterShellExecution: null },
        root: '"$PLUGIN_ROOT"/../../../',
      }),
    ],
    next: `${RESTART}; needs Goose 1.38`,
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
          PreToolUse: "^launch-process$",
          PostToolUse: "^(str-replace-editor|save-file|remove-files|apply_patch|launch-process)$",
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
        events: { PreToolUse: "Bash", PostToolUse: "Write|Edit|MultiEdit|Bash" },
      }),
    ],
    next: `${RESTART}; the terminal program runs them, the editor extensions do not`,
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
    next: "reload Amp's plugins (`plugins: reload` in its palette); older versions want PLUGINS=all in the environment",
  },
  {
    id: "pi",
    name: "Pi",
    signs: { paths: [".pi"], programs: ["pi"] },
    files: [hookPlugin({ agent: "pi", path: ".pi/extensions/countersign.ts", body: PI_PLUGIN })],
    next: `${RESTART} (or /reload)`,
  },
];
