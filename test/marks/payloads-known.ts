import { common, edits, new_string, old_string, type PayloadRow, patch, SESSION } from "./payload-row.ts";

/** Agents with many users. */
export const knownPayloads: readonly PayloadRow[] = [
  {
    name: "Claude Code, Edit",
    found: "claude-code",
    agent: "claude-code",
    payload: (root, file_path) =>
      common(root, "Edit", { file_path, old_string, new_string }, { tool_response: { filePath: file_path } }),
  },
  {
    name: "Claude Code, MultiEdit",
    found: "claude-code",
    agent: "claude",
    payload: (root, file_path) => common(root, "MultiEdit", { file_path, edits }),
  },
  {
    name: "Codex, apply_patch",
    found: "codex gpt-5.6-sol",
    agent: "codex",
    payload: (root) =>
      common(root, "apply_patch", { command: patch("src/shop.js") }, { turn_id: "t1", model: "gpt-5.6-sol" }),
  },
  {
    name: "Codex, apply_patch as a list of words",
    found: "codex gpt-5.6-sol",
    agent: "codex",
    payload: (root) =>
      common(root, "apply_patch", { command: ["apply_patch", patch("src/shop.js")] }, { model: "gpt-5.6-sol" }),
  },
  {
    name: "Codex, apply_patch in a command, from a folder",
    found: "codex gpt-5.6-sol",
    agent: "codex",
    payload: (root) => {
      const command = ["bash", "-lc", `cd src && apply_patch <<'EOF'\n${patch("shop.js")}EOF\n`];
      return common(root, "shell", { command }, { model: "gpt-5.6-sol" });
    },
  },
  {
    name: "Cursor, afterFileEdit",
    found: "cursor composer-2",
    payload: (root, file_path) => ({
      conversation_id: SESSION,
      generation_id: "g1",
      model: "composer-2",
      hook_event_name: "afterFileEdit",
      cursor_version: "2.4.1",
      workspace_roots: [root],
      file_path,
      edits,
    }),
  },
  {
    name: "Cursor, postToolUse, by a hook that was written for Claude Code",
    found: "cursor",
    agent: "claude-code",
    payload: (root, file_path) => ({
      ...common(root, "Write", { file_path, content: new_string }),
      hook_event_name: "postToolUse",
      conversation_id: SESSION,
      model: "default",
      cursor_version: "2.4.1",
    }),
  },
  {
    name: "Copilot CLI, camel case, arguments as JSON in a text",
    found: "copilot",
    payload: (root) => ({
      sessionId: SESSION,
      timestamp: 1_790_000_000_000,
      cwd: root,
      toolName: "edit",
      toolArgs: JSON.stringify({ path: "src/shop.js", old_str: old_string, new_str: new_string }),
      toolResult: { resultType: "success", textResultForLlm: "Done." },
    }),
  },
  {
    name: "Copilot CLI, camel case, arguments as they are",
    found: "copilot",
    payload: (root, path) => ({
      sessionId: SESSION,
      cwd: root,
      toolName: "edit",
      toolArgs: { path, old_str: old_string, new_str: new_string },
      toolResult: { resultType: "success" },
    }),
  },
  {
    name: "Copilot CLI, snake case, a patch in Claude Code's tool",
    found: "copilot",
    agent: "copilot",
    payload: (root, file) => common(root, "Edit", patch(file)),
  },
  {
    name: "Copilot in VS Code, by a hook that was written for Claude Code",
    found: "copilot",
    agent: "claude-code",
    payload: (root, filePath) =>
      common(
        root,
        "replace_string_in_file",
        { filePath, oldString: old_string, newString: new_string },
        { transcript_path: "/home/dev/.config/Code/User/GitHub.copilot-chat/transcripts/a.jsonl" },
      ),
  },
  {
    name: "Copilot in VS Code, several replacements",
    found: "copilot",
    agent: "copilot",
    payload: (root, filePath) =>
      common(root, "multi_replace_string_in_file", {
        replacements: [{ filePath, oldString: old_string, newString: new_string }],
      }),
  },
  {
    name: "Gemini CLI",
    found: "gemini",
    agent: "gemini",
    payload: (root, file_path) => ({
      ...common(root, "replace", { file_path, old_string, new_string, instruction: "multiply" }),
      hook_event_name: "AfterTool",
      timestamp: "2026-11-23T10:00:00.000Z",
    }),
  },
  {
    name: "Qwen Code",
    found: "qwen-code",
    agent: "qwen-code",
    payload: (root, file_path) => common(root, "edit", { file_path, old_string, new_string }),
  },
  {
    name: "Windsurf, with a line feed as it is in a text",
    found: "windsurf GPT 4.1",
    payload: (_root, file_path) =>
      JSON.stringify({
        agent_action_name: "post_write_code",
        trajectory_id: SESSION,
        execution_id: "e1",
        model_name: "GPT 4.1",
        tool_info: { file_path, edits: [{ old_string: `${old_string}\n`, new_string: `${new_string}\n` }] },
      }).replaceAll("\\n", "\n"),
  },
  {
    name: "Cline",
    found: "cline claude-opus-5",
    payload: (root) => ({
      clineVersion: "3.81.0",
      hookName: "PostToolUse",
      timestamp: "1790000000000",
      taskId: SESSION,
      workspaceRoots: [root],
      userId: "u1",
      model: { provider: "anthropic", slug: "claude-opus-5" },
      postToolUse: { toolName: "replace_in_file", parameters: { path: "src/shop.js" }, result: "", success: true },
    }),
  },
];
