import type { HookAction, HookFormat, Places } from "./hook-format.ts";

const PATHS: Places = [
  "tool_input.file_path",
  "tool_input.path",
  "tool_input.filePath",
  "tool_input.filepath",
  "tool_input.notebook_path",
];
const WRITTEN: Places = [
  "tool_input.content",
  "tool_input.new_string",
  "tool_input.edits[].new_string",
  "tool_input.new_str",
];
const REPLACED: Places = ["tool_input.old_string", "tool_input.edits[].old_string", "tool_input.old_str"];

/** Where the text of a patch stands, by agent and version: in a list it is one of a command's words. */
export const PATCHES: Places = [
  "tool_input.command[]",
  "tool_input.command",
  "tool_input.input[]",
  "tool_input.input",
  "tool_input.patch",
  "tool_input.patchText",
  "tool_input[]",
  "tool_input",
];
/** Where a command stands, or its words. */
const COMMANDS: Places = ["tool_input.command[]", "tool_input.command", "tool_input.cmd[]", "tool_input.cmd"];

/** Tools that write files, in the form of Claude Code's. */
export function writes(tools: readonly string[]): HookAction {
  const original = ["tool_response.originalFile"];
  return { does: "write", tools, paths: PATHS, written: WRITTEN, replaced: REPLACED, original };
}

export function patches(tools: readonly string[]): HookAction {
  return { does: "patch", tools, patch: PATCHES };
}

/** Tools that run commands, one of which may apply a patch. */
export function patchesByCommand(tools: readonly string[]): HookAction {
  return { does: "patch", tools, patch: COMMANDS, inCommand: true };
}

export function deletes(tools: readonly string[]): HookAction {
  return { does: "delete", tools, paths: PATHS };
}

export function runs(tools: readonly string[]): HookAction {
  return { does: "shell", tools };
}

/** Tools that change no file by themselves. A tool is taken for one of them only where it is known. */
export function changesNothing(tools: readonly string[]): HookAction {
  return { does: "nothing", tools };
}

/** What the arguments of an unknown tool can say: a file, and the text that it is to hold. */
export const GUESSED: HookAction = { does: "write", paths: PATHS, written: WRITTEN, replaced: REPLACED };

/** A format like Claude Code's, which most agents took over with tools of their own. */
export function likeClaude(actions: readonly HookAction[], own: Partial<HookFormat> = {}): HookFormat {
  return {
    event: ["hook_event_name", "hookEventName"],
    before: ["PreToolUse"],
    after: ["PostToolUse"],
    tool: ["tool_name", "toolName"],
    session: ["session_id", "sessionId"],
    call: ["tool_use_id", "toolUseId", "tool_call_id"],
    model: ["model"],
    cwd: ["cwd"],
    transcript: ["transcript_path", "transcriptPath"],
    actions,
    ...own,
  };
}

export const claudeHooks: HookFormat = likeClaude(
  [
    writes(["Write", "Edit", "MultiEdit"]),
    // What it writes into a notebook stands there in another form.
    { does: "write", tools: ["NotebookEdit"], paths: PATHS },
    runs(["Bash", "PowerShell"]),
    changesNothing([
      ...["Read", "NotebookRead", "Grep", "Glob", "LS", "LSP", "TodoRead", "TodoWrite", "WebFetch", "WebSearch"],
      ...["Task", "Agent", "Skill", "SlashCommand", "ToolSearch", "BashOutput", "KillBash", "KillShell"],
      ...["TaskCreate", "TaskGet", "TaskList", "TaskOutput", "TaskStop", "TaskUpdate", "SendMessage"],
      ...["AskUserQuestion", "EnterPlanMode", "ExitPlanMode", "ListMcpResources", "ReadMcpResource"],
    ]),
  ],
  { after: ["PostToolUse", "PostToolUseFailure"], transcriptModel: ["message.model"] },
);

/** For agents without a format of their own: all the names that tools have elsewhere. */
export const unknownHooks: HookFormat = likeClaude(
  [
    writes(["Write", "Edit", "MultiEdit", "Create", "write_file", "edit_file", "create_file", "replace", "StrReplace"]),
    { does: "write", tools: ["NotebookEdit"], paths: PATHS },
    patches(["ApplyPatch", "Patch"]),
    deletes(["Delete", "delete_file"]),
    runs(["Bash", "Shell", "Execute", "run_shell_command", "run_in_terminal", "terminal"]),
    changesNothing(["Read", "Grep", "Glob", "LS", "read_file", "list_directory", "search", "WebFetch", "WebSearch"]),
  ],
  {
    before: ["PreToolUse", "BeforeTool"],
    after: ["PostToolUse", "AfterTool"],
    transcriptModel: ["message.model", "model"],
  },
);
