import { changesNothing, deletes, likeClaude, PATCHES, patches, runs, writes } from "./claude-hooks.ts";
import type { HookFormat } from "./hook-format.ts";

/** The hooks of agents that live in an editor. */

/** Cursor runs Claude Code's hook files too, so that its payload can come to a hook that was written for Claude Code. */
export const cursorHooks: HookFormat = likeClaude(
  [
    {
      does: "write",
      events: ["afterFileEdit", "afterTabFileEdit"],
      paths: ["file_path", "tool_input.file_path"],
      written: ["edits[].new_string", "tool_input.edits[].new_string"],
      replaced: ["edits[].old_string", "tool_input.edits[].old_string"],
    },
    { does: "shell", events: ["beforeShellExecution", "afterShellExecution"] },
    writes(["Write", "StrReplace", "Edit", "MultiEdit"]),
    patches(["ApplyPatch"]),
    deletes(["Delete"]),
    runs(["Shell", "Bash"]),
    changesNothing([
      "Read",
      "Grep",
      "Glob",
      "LS",
      "SemanticSearch",
      "ReadLints",
      "TodoWrite",
      "WebFetch",
      "WebSearch",
      "Task",
    ]),
  ],
  {
    signs: [{ at: "cursor_version" }],
    before: ["preToolUse", "beforeShellExecution", "beforeMCPExecution"],
    after: ["postToolUse", "afterFileEdit", "afterTabFileEdit", "afterShellExecution", "afterMCPExecution"],
    session: ["conversation_id", "session_id"],
    cwd: ["cwd", "workspace_roots[]"],
  },
);

/**
 * GitHub Copilot in its three homes: the terminal's own payload in camel case or Claude Code's in snake case, and VS Code.
 * VS Code can call the hook before the file is written, and runs Claude Code's hook files too.
 */
export const copilotHooks: HookFormat = likeClaude(
  [
    {
      does: "write",
      tools: ["multi_replace_string_in_file"],
      each: "tool_input.replacements[]",
      paths: ["filePath"],
      written: ["newString"],
      replaced: ["oldString"],
    },
    // Newer versions in the terminal give a patch to the tools that have Claude Code's names.
    {
      does: "patch",
      tools: ["apply_patch", "git_apply_patch", "Edit", "Write"],
      patch: [...PATCHES, "toolArgs.input", "toolArgs.patch", "toolArgs"],
    },
    {
      does: "write",
      tools: [
        "create",
        "edit",
        "str_replace",
        "str_replace_editor",
        "create_file",
        "replace_string_in_file",
        "insert_edit_into_file",
        "edit_notebook_file",
        "Write",
        "Edit",
        "MultiEdit",
      ],
      paths: [
        "toolArgs.path",
        "toolArgs.filePath",
        "tool_input.filePath",
        "tool_input.file_path",
        "tool_input.path",
        "toolInput.path",
      ],
      written: [
        "toolArgs.file_text",
        "toolArgs.new_str",
        "tool_input.newString",
        "tool_input.content",
        "tool_input.file_text",
        "tool_input.new_str",
        "tool_input.new_string",
      ],
      replaced: ["toolArgs.old_str", "tool_input.oldString", "tool_input.old_str", "tool_input.old_string"],
    },
    deletes(["delete_file"]),
    runs(["bash", "powershell", "run_in_terminal"]),
    changesNothing([
      ...["view", "grep", "glob", "rg", "read_bash", "stop_bash", "list_bash", "read_powershell", "stop_powershell"],
      ...[
        "list_powershell",
        "web_fetch",
        "web_search",
        "fetch_copilot_cli_documentation",
        "report_intent",
        "update_todo",
      ],
      ...["ask_user", "task", "skill", "read_file", "list_dir", "file_search", "grep_search", "semantic_search"],
    ]),
  ],
  {
    signs: [{ at: "toolArgs" }, { at: "transcript_path", contains: "github.copilot" }],
    // The terminal's own payload does not name its event.
    result: ["toolResult"],
  },
);

export const windsurfHooks: HookFormat = {
  signs: [{ at: "agent_action_name" }],
  event: ["agent_action_name"],
  before: ["pre_write_code", "pre_run_command", "pre_mcp_tool_use"],
  after: ["post_write_code", "post_run_command", "post_mcp_tool_use"],
  session: ["trajectory_id"],
  call: ["execution_id"],
  model: ["model_name"],
  cwd: ["tool_info.cwd", "cwd", "tool_info.workspace_path"],
  actions: [
    {
      does: "write",
      events: ["pre_write_code", "post_write_code"],
      paths: ["tool_info.file_path"],
      written: ["tool_info.edits[].new_string"],
      replaced: ["tool_info.edits[].old_string"],
    },
    { does: "shell", events: ["pre_run_command", "post_run_command"] },
  ],
};

/** Cline gives every parameter as text, a list as JSON in a text. */
export const clineHooks: HookFormat = {
  signs: [{ at: "clineVersion" }],
  event: ["hookName"],
  before: ["PreToolUse", "tool_call"],
  after: ["PostToolUse", "tool_result"],
  tool: ["postToolUse.toolName", "preToolUse.toolName", "tool_result.name", "tool_call.name"],
  session: ["taskId"],
  model: ["model.slug"],
  cwd: ["workspaceRoots[]"],
  actions: [
    {
      does: "patch",
      tools: ["apply_patch"],
      patch: ["postToolUse.parameters.input", "postToolUse.parameters.patch"],
    },
    {
      does: "write",
      tools: ["write_to_file", "replace_in_file", "new_rule", "editor", "edit", "write"],
      paths: [
        "postToolUse.parameters.absolutePath",
        "postToolUse.parameters.path",
        "postToolUse.parameters.paths[]",
        "tool_result.input.path",
      ],
      written: ["postToolUse.parameters.content"],
    },
    {
      does: "shell",
      tools: ["execute_command", "bash", "run_commands", "run_command", "shell"],
    },
    changesNothing([
      ...["read_file", "list_files", "search_files", "list_code_definition_names", "web_fetch", "web_search"],
      ...["ask_followup_question", "plan_mode_respond", "act_mode_respond", "attempt_completion", "new_task"],
      ...["focus_chain", "access_mcp_resource", "load_mcp_documentation", "use_skill", "condense", "summarize_task"],
    ]),
  ],
  reply: '{"cancel":false}',
};

export const continueHooks: HookFormat = likeClaude(
  [
    writes(["Write", "Edit", "MultiEdit"]),
    runs(["Bash", "runTerminalCommand"]),
    changesNothing(["Read", "List", "Search", "Fetch", "Status", "Checklist", "AskQuestion", "Skills", "Subagent"]),
  ],
  { transcriptModel: ["message.model", "model"] },
);

/** Augment lists the files that a tool changed, with what they were and are. */
export const augmentHooks: HookFormat = likeClaude(
  [
    {
      does: "write",
      tools: ["str-replace-editor", "save-file", "remove-files", "apply_patch"],
      each: "file_changes[]",
      paths: ["path"],
      written: ["content"],
      original: ["oldContent"],
    },
    {
      does: "write",
      tools: ["str-replace-editor", "save-file"],
      paths: ["tool_input.path", "tool_input.file_path"],
      written: ["tool_input.file_content", "tool_input.new_str_1"],
      replaced: ["tool_input.old_str_1"],
    },
    { does: "delete", tools: ["remove-files"], paths: ["tool_input.file_paths[]"] },
    runs(["launch-process"]),
    changesNothing([
      ...["view", "view-range-untruncated", "search-untruncated", "codebase-retrieval", "git-commit-retrieval"],
      ...["read-process", "list-processes", "kill-process", "read-terminal", "diagnostics", "web-search", "web-fetch"],
      ...["view_tasklist", "add_tasks", "update_tasks", "reorganize_tasklist", "remember", "render-mermaid"],
    ]),
  ],
  {
    signs: [{ at: "file_changes" }, { at: "is_mcp_tool" }],
    session: ["conversation_id", "session_id"],
    cwd: ["cwd", "workspace_roots[]"],
  },
);

export const firebenderHooks: HookFormat = likeClaude(
  [
    patches(["ApplyPatch", "Edit"]),
    {
      does: "write",
      tools: ["Write", "Edit", "RenameSymbol", "DeleteSymbol"],
      paths: [
        "tool_input.file_path",
        "tool_input.target_file",
        "tool_input.relative_workspace_path",
        "tool_input.path",
      ],
      written: ["tool_input.content", "tool_input.new_string"],
      replaced: ["tool_input.old_string"],
    },
    deletes(["Delete"]),
    runs(["Bash"]),
    changesNothing(["Read", "Grep", "Glob", "LS", "WebFetch", "WebSearch"]),
  ],
  {
    signs: [{ at: "repo_working_dir" }, { at: "completion_id" }],
    session: ["completion_id"],
    cwd: ["repo_working_dir", "workspace_roots[]"],
  },
);
