import { changesNothing, deletes, likeClaude, patches, patchesByCommand, runs, writes } from "./claude-hooks.ts";
import type { HookFormat } from "./hook-format.ts";

/** The hooks of agents that work in a terminal, where they are not Claude Code's. */

const CODEX_SHELLS = [
  "Bash",
  "exec_command",
  "shell",
  "shell_command",
  "functions.exec_command",
  "functions.shell",
  "functions.shell_command",
  "multi_tool_use.parallel",
];

export const codexHooks: HookFormat = likeClaude([
  patches(["apply_patch", "functions.apply_patch", "Edit", "Write"]),
  writes(["Edit", "Write"]),
  patchesByCommand(CODEX_SHELLS),
  runs(CODEX_SHELLS),
  changesNothing([
    "update_plan",
    "view_image",
    "web_search",
    "request_user_input",
    "list_mcp_resources",
    "read_mcp_resource",
  ]),
]);

export const geminiHooks: HookFormat = likeClaude(
  [
    writes(["write_file", "replace"]),
    runs(["run_shell_command", "shell"]),
    changesNothing([
      ...["read_file", "read_many_files", "list_directory", "glob", "grep_search", "search_file_content", "ask_user"],
      ...["google_web_search", "web_fetch", "save_memory", "write_todos", "activate_skill", "get_internal_docs"],
    ]),
  ],
  {
    before: ["BeforeTool"],
    after: ["AfterTool"],
    transcriptModel: ["model"],
  },
);

export const qwenHooks: HookFormat = likeClaude(
  [
    writes(["write_file", "edit", "replace"]),
    runs(["run_shell_command", "shell"]),
    changesNothing([
      ...[
        "read_file",
        "read_many_files",
        "list_directory",
        "glob",
        "grep_search",
        "search_file_content",
        "ask_user_question",
      ],
      ...["web_search", "web_fetch", "save_memory", "todo_write", "task", "agent", "skill", "exit_plan_mode"],
    ]),
  ],
  { before: ["PreToolUse", "BeforeTool"], after: ["PostToolUse", "AfterTool"], transcriptModel: ["model"] },
);

export const droidHooks: HookFormat = likeClaude([
  writes(["Edit", "MultiEdit", "Write", "Create"]),
  patches(["ApplyPatch"]),
  // Some versions give the file's path in place of the patch.
  writes(["ApplyPatch"]),
  runs(["Bash", "Execute"]),
  changesNothing([
    "Read",
    "LS",
    "Grep",
    "Glob",
    "TodoWrite",
    "WebSearch",
    "FetchUrl",
    "AskUser",
    "ExitSpecMode",
    "Task",
    "Skill",
  ]),
]);

/** Crush reports an edit before it is made; only its newer versions report it afterwards too. */
export const crushHooks: HookFormat = likeClaude(
  [
    writes(["write", "edit", "multiedit"]),
    runs(["bash"]),
    changesNothing([
      "view",
      "ls",
      "grep",
      "glob",
      "fetch",
      "agent",
      "agentic_fetch",
      "sourcegraph",
      "diagnostics",
      "todos",
    ]),
  ],
  {
    signs: [{ variable: "CRUSH_EVENT" }],
    event: ["event"],
    announces: true,
    variables: {
      CRUSH_EVENT: "event",
      CRUSH_SESSION_ID: "session_id",
      CRUSH_TOOL_NAME: "tool_name",
      CRUSH_CWD: "cwd",
      CRUSH_TOOL_INPUT_FILE_PATH: "tool_input.file_path",
    },
  },
);

/** Goose gives some events a name of their own, and the file's path in place of a tool's input. */
export const gooseHooks: HookFormat = {
  signs: [{ at: "matcher_context" }],
  event: ["event"],
  before: ["PreToolUse", "BeforeShellExecution"],
  after: ["PostToolUse", "AfterFileEdit", "AfterShellExecution"],
  tool: ["tool_name"],
  session: ["session_id"],
  call: ["tool_call_id"],
  cwd: ["working_dir"],
  actions: [
    {
      does: "write",
      events: ["AfterFileEdit"],
      paths: ["tool_input.path", "matcher_context"],
      written: ["tool_input.content", "tool_input.after"],
      replaced: ["tool_input.before"],
    },
    {
      does: "write",
      tools: ["developer__write", "developer__edit", "developer__text_editor"],
      paths: ["tool_input.path"],
      written: ["tool_input.content", "tool_input.after"],
      replaced: ["tool_input.before"],
    },
    { does: "shell", events: ["BeforeShellExecution", "AfterShellExecution"] },
    { does: "shell", tools: ["developer__shell"] },
    changesNothing(["developer__tree", "developer__analyze", "developer__read_image", "developer__screen_capture"]),
  ],
};

export const kimiHooks: HookFormat = likeClaude([
  {
    does: "write",
    tools: ["WriteFile", "StrReplaceFile"],
    paths: ["tool_input.path", "tool_input.file_path"],
    written: ["tool_input.content", "tool_input.edit.new", "tool_input.edit[].new"],
    replaced: ["tool_input.edit.old", "tool_input.edit[].old"],
  },
  runs(["Shell", "Bash", "CMD"]),
  changesNothing(["ReadFile", "Glob", "Grep", "Think", "SetTodoList", "SearchWeb", "FetchURL", "Task"]),
]);

/** Kiro and Amazon Q, whose session has no name. */
export const amazonHooks: HookFormat = likeClaude([
  {
    does: "write",
    tools: ["fs_write", "fsWrite", "write", "strReplace", "fsAppend", "editCode"],
    paths: ["tool_input.path", "tool_input.file_path", "tool_input.targetFile"],
    written: [
      "tool_input.file_text",
      "tool_input.new_str",
      "tool_input.text",
      "tool_input.newStr",
      "tool_input.content",
    ],
    replaced: ["tool_input.old_str", "tool_input.oldStr"],
  },
  deletes(["deleteFile", "fs_delete"]),
  runs(["execute_bash", "execute_cmd", "executeBash", "executePwsh", "shell"]),
  changesNothing([
    ...["fs_read", "fsRead", "read", "readFile", "readMultipleFiles", "readCode", "listDirectory", "fileSearch"],
    ...[
      "grep",
      "grepSearch",
      "glob",
      "code",
      "knowledge",
      "introspect",
      "report_issue",
      "thinking",
      "todo_list",
      "userInput",
    ],
    ...["web_search", "web_fetch", "remote_web_search", "webFetch", "getDiagnostics", "use_subagent", "delegate"],
  ]),
]);
