import { common, new_string, old_string, type PayloadRow, patch, SESSION } from "./payload-row.ts";

/** The others, and those without a form of their own. */
export const otherPayloads: readonly PayloadRow[] = [
  {
    name: "Kiro CLI, without a session",
    found: "kiro",
    agent: "kiro",
    payload: (root) => ({
      hook_event_name: "postToolUse",
      cwd: root,
      tool_name: "fs_write",
      tool_input: { command: "str_replace", path: "src/shop.js", old_str: old_string, new_str: new_string },
      tool_response: { success: true, result: [""] },
    }),
  },
  {
    name: "Amazon Q",
    found: "amazon-q",
    agent: "amazon-q",
    payload: (root, path) => ({
      hook_event_name: "postToolUse",
      cwd: root,
      tool_name: "fs_write",
      tool_input: { command: "create", path, file_text: new_string },
    }),
  },
  {
    name: "Droid, Edit",
    found: "droid",
    agent: "droid",
    payload: (root, file_path) => common(root, "Edit", { file_path, old_str: old_string, new_str: new_string }),
  },
  {
    name: "Droid, ApplyPatch, camel case",
    found: "droid",
    agent: "droid",
    payload: (root, file) => ({
      sessionId: SESSION,
      cwd: root,
      hookEventName: "PostToolUse",
      toolName: "ApplyPatch",
      tool_input: patch(file),
    }),
  },
  {
    name: "Crush, before the edit",
    found: "crush",
    agent: "crush",
    payload: (root, file_path) => ({
      event: "PreToolUse",
      session_id: SESSION,
      cwd: root,
      tool_name: "edit",
      tool_input: { file_path, old_string, new_string },
    }),
  },
  {
    name: "Crush, after the edit, by environment variables alone",
    found: "crush",
    payload: () => "",
    env: (file) => ({
      CRUSH_EVENT: "PostToolUse",
      CRUSH_SESSION_ID: SESSION,
      CRUSH_TOOL_NAME: "edit",
      CRUSH_TOOL_INPUT_FILE_PATH: file,
    }),
  },
  {
    name: "Goose, AfterFileEdit",
    found: "goose",
    payload: (root, matcher_context) => ({
      event: "AfterFileEdit",
      session_id: SESSION,
      working_dir: root,
      matcher_context,
    }),
  },
  {
    name: "Goose, PostToolUse",
    found: "goose",
    payload: (root) => ({
      event: "PostToolUse",
      session_id: SESSION,
      working_dir: root,
      matcher_context: "developer__edit",
      tool_name: "developer__edit",
      tool_call_id: "c1",
      tool_input: { path: "src/shop.js", before: old_string, after: new_string },
    }),
  },
  {
    name: "Kimi",
    found: "kimi",
    agent: "kimi",
    payload: (root, path) =>
      common(root, "StrReplaceFile", { path, edit: { old: old_string, new: new_string } }, { tool_call_id: "c1" }),
  },
  {
    name: "Continue",
    found: "continue claude-opus-5",
    agent: "continue",
    payload: (root, file_path) =>
      common(root, "Edit", { file_path, old_string, new_string }, { model: "claude-opus-5" }),
  },
  {
    name: "Augment",
    found: "augment",
    payload: (root) => ({
      hook_event_name: "PostToolUse",
      conversation_id: SESSION,
      workspace_roots: [root],
      is_mcp_tool: false,
      tool_name: "str-replace-editor",
      tool_input: { command: "str_replace", path: "src/shop.js", old_str_1: old_string, new_str_1: new_string },
      file_changes: [{ path: "src/shop.js", changeType: "edit", content: new_string, oldContent: old_string }],
    }),
  },
  {
    name: "Firebender",
    found: "firebender gpt-5",
    payload: (root) => ({
      hook_event_name: "postToolUse",
      model: "gpt-5",
      repo_working_dir: root,
      completion_id: SESSION,
      tool_name: "Edit",
      tool_input: { file_path: "src/shop.js" },
    }),
  },
  {
    name: "OpenCode, in the neutral form",
    found: "opencode claude-opus-5",
    payload: (cwd) => ({
      countersign: 1,
      agent: "opencode",
      session: SESSION,
      model: "claude-opus-5",
      cwd,
      edits: [{ path: "src/shop.js", kind: "written", written: new_string, replaced: old_string }],
    }),
  },
  {
    name: "an agent that is not in the catalogue, in Claude Code's form",
    found: "mole-code",
    agent: "mole-code",
    payload: (root, file_path) => common(root, "write_file", { file_path, content: new_string }),
  },
];
