import { expect, it } from "vitest";
import { catalogue } from "../agents/catalogue.ts";
import { encodeText } from "../bytes.ts";
import type { HookReading, HookSource } from "./hook-event.ts";
import { readHookEvent } from "./read-hook-event.ts";

function read(payload: unknown, source: HookSource | string = {}): HookReading {
  const text = typeof payload === "string" ? payload : JSON.stringify(payload);
  return readHookEvent(encodeText(text), typeof source === "string" ? { agent: source } : source);
}

/** Agent, phase, what is done to which files, and whether by a command. */
function summary(payload: unknown, source?: HookSource | string): string {
  const { event, problem } = read(payload, source);
  if (!event) return problem ?? "";
  const edits = event.edits.map(({ kind, path }) => ` ${kind} ${path}`).join("");
  return `${event.agent} ${event.phase}${edits}${event.shell ? " shell" : ""}${event.announced ? " announced" : ""}`;
}

const like = (hook_event_name: string, tool_name: string, tool_input: unknown, more: object = {}): object => ({
  session_id: "s",
  cwd: "/w",
  hook_event_name,
  tool_name,
  tool_input,
  ...more,
});
const after = (tool: string, input: unknown, more: object = {}): object => like("PostToolUse", tool, input, more);
const before = (tool: string, input: unknown): object => like("PreToolUse", tool, input);
const command = { command: "make" };
const patch =
  "*** Begin Patch\n*** Add File: a\n+new\n*** Update File: b\n*** Move to: c\n@@\n-x\n+y\n*** Delete File: d\n*** End Patch";
const heredoc = `apply_patch <<'EOF'\n${patch}\nEOF\nmake\n`;
const cline = (hookName: string, use: object): object => ({
  clineVersion: "3",
  hookName,
  taskId: "t",
  workspaceRoots: ["/w"],
  ...use,
});
const windsurf = (agent_action_name: string, tool_info: object): object => ({
  agent_action_name,
  trajectory_id: "t",
  tool_info,
});
const goose = (event: string, more: object): object => ({
  event,
  session_id: "s",
  working_dir: "/w",
  matcher_context: "x",
  ...more,
});

const rows: [expected: string, payload: unknown, source?: HookSource | string][] = [
  ["claude-code after written /w/a", after("Write", { file_path: "/w/a", content: "x" }), "claude-code"],
  ["claude-code after written /w/a.ipynb", after("NotebookEdit", { notebook_path: "/w/a.ipynb" }), "claude-code"],
  ["claude-code before written /w/a", before("Edit", { file_path: "/w/a" }), "claude-code"],
  ["claude-code before shell", before("Bash", command), "claude-code"],
  ["claude-code after shell", after("Bash", command), "Claude Code"],
  ["codex after written a deleted b written c deleted d", after("apply_patch", { command: patch }), "codex"],
  ["codex after written a deleted b written c deleted d", after("functions.apply_patch", { input: patch }), "codex"],
  ["codex before shell", before("exec_command", { cmd: "make" }), "codex"],
  ["codex after written a deleted b written c deleted d", after("apply_patch", ["apply_patch", patch]), "codex"],
  [
    "codex after written a deleted b written c deleted d",
    after("apply_patch", { input: ["apply_patch", patch] }),
    "codex",
  ],
  [
    "codex after written a deleted b written c deleted d",
    after("apply_patch", { command: ["bash", "-lc", heredoc] }),
    "codex",
  ],
  [
    "codex after written a deleted b written c deleted d",
    after("apply_patch", { command: JSON.stringify(["apply_patch", patch]) }),
    "codex",
  ],
  [
    "codex after written a deleted b written c deleted d shell",
    after("shell", { command: ["apply_patch", patch] }),
    "codex",
  ],
  [
    "codex after written a deleted b written c deleted d shell",
    after("shell", { command: ["bash", "-lc", heredoc] }),
    "codex",
  ],
  ["codex after written a deleted b written c deleted d shell", after("exec_command", { cmd: heredoc }), "codex"],
  [
    "codex after written my src/a deleted my src/b written my src/c deleted my src/d shell",
    after("Bash", { command: `cd "my src" && ${heredoc}` }),
    "codex",
  ],
  [
    "codex after written /w/a shell",
    after("shell_command", { command: "cd src && applypatch '*** Begin Patch\n*** Add File: /w/a\n*** End Patch'" }),
    "codex",
  ],
  ["codex after shell", after("shell", { command: ["bash", "-lc", "make"] }), "codex"],
  ["codex after shell", after("Bash", { command: `cat >saved.patch <<'EOF'\n${patch}\nEOF` }), "codex"],
  ["codex after shell", after("Bash", { command: "git apply_patch '*** Add File: a'" }), "codex"],
  ["cursor after written /w/a", after("Edit", { file_path: "/w/a" }, { cursor_version: "2" }), "claude-code"],
  ["cursor after deleted a", after("Delete", { path: "a" }, { cursor_version: "2" })],
  ["cursor after written a deleted b written c deleted d", after("ApplyPatch", { patch }, { cursor_version: "2" })],
  ["cursor after written a", { cursor_version: "2", hook_event_name: "afterTabFileEdit", file_path: "a", edits: [] }],
  ["cursor before shell", { cursor_version: "2", hook_event_name: "beforeShellExecution", ...command }],
  ["cursor after shell", { cursor_version: "2", hook_event_name: "afterShellExecution", ...command }],
  ["copilot after written a", { toolName: "create", toolArgs: '{"path":"a"}', toolResult: {} }],
  ["copilot before written a", { toolName: "create", toolArgs: { path: "a" } }],
  ["copilot after shell", { toolName: "bash", toolArgs: command, toolResult: { resultType: "success" } }],
  ["copilot after written a", after("str_replace", { path: "a" }), "copilot"],
  ["copilot after written a deleted b written c deleted d", after("Write", patch), "copilot"],
  ["copilot after written /w/a b.js", after("create_file", { filePath: "file:///w/a%20b.js" }), "copilot"],
  ["copilot after deleted /w/a", after("delete_file", { filePath: "/w/a" }), "copilot"],
  ["copilot after shell", after("run_in_terminal", command), "copilot"],
  ["gemini after written /w/a", like("AfterTool", "write_file", { file_path: "/w/a" }), "gemini"],
  ["gemini before shell", like("BeforeTool", "run_shell_command", command), "gemini"],
  ["qwen-code after written /w/a", after("edit", { file_path: "/w/a" }), "qwen-code"],
  ["windsurf after written /w/a", windsurf("post_write_code", { file_path: "/w/a", edits: [] })],
  ["windsurf before shell", windsurf("pre_run_command", { command_line: "make", cwd: "/w" })],
  [
    "cline after written a",
    cline("PostToolUse", { postToolUse: { toolName: "write_to_file", parameters: { path: "a" } } }),
  ],
  [
    "cline after written a written b",
    cline("PostToolUse", { postToolUse: { toolName: "replace_in_file", parameters: { paths: '["a","b"]' } } }),
  ],
  ["cline before shell", cline("PreToolUse", { preToolUse: { toolName: "execute_command", parameters: command } })],
  ["kiro after written a", like("postToolUse", "fs_write", { command: "create", path: "a", file_text: "x" }), "kiro"],
  ["kiro before shell", like("preToolUse", "execute_bash", command), "kiro"],
  ["amazon-q after written a", like("postToolUse", "fs_write", { path: "a" }), "Amazon Q"],
  ["droid after written /w/a", after("Create", { file_path: "/w/a" }), "droid"],
  [
    "droid after written /w/a",
    { hookEventName: "PostToolUse", toolName: "ApplyPatch", tool_input: { file_path: "/w/a" } },
    "droid",
  ],
  ["droid after shell", after("Execute", command), "droid"],
  [
    "crush before written a announced",
    { event: "PreToolUse", tool_name: "write", tool_input: { file_path: "a" } },
    "crush",
  ],
  ["crush after shell", { event: "post_tool_use", tool_name: "bash", tool_input: command }, "crush"],
  [
    "crush before written a announced",
    "",
    { variables: { CRUSH_EVENT: "PreToolUse", CRUSH_TOOL_NAME: "edit", CRUSH_TOOL_INPUT_FILE_PATH: "a" } },
  ],
  ["goose after written x", goose("AfterFileEdit", {})],
  ["goose before shell", goose("BeforeShellExecution", {})],
  ["goose after written a", goose("PostToolUse", { tool_name: "developer__write", tool_input: { path: "a" } })],
  ["kimi after written a", after("WriteFile", { path: "a", content: "x" }), "kimi"],
  ["continue after written a", after("Write", { filepath: "a", content: "x" }), "continue"],
  [
    "augment after written a written b",
    after("save-file", { path: "a" }, { file_changes: [{ path: "a", changeType: "create" }, { path: "b" }] }),
  ],
  ["augment after deleted a deleted b", after("remove-files", { file_paths: ["a", "b"] }), "augment"],
  ["augment after shell", after("launch-process", command, { is_mcp_tool: false })],
  ["firebender after written a deleted b written c deleted d", { ...after("Edit", patch), completion_id: "c" }],
  ["firebender after deleted a", like("postToolUse", "Delete", { path: "a" }, { repo_working_dir: "/w" })],
  ["amp before shell", { countersign: 1, agent: "amp", phase: "before", shell: true }],
  ["pi after written a deleted b", { countersign: 1, edits: [{ path: "a" }, { path: "b", kind: "deleted" }] }, "pi"],
  ["unknown after written a", after("Edit", { file_path: "a" })],
  ["claude-code before written a shell", before("mcp__files__write_file", { path: "a", content: "x" }), "claude-code"],
  ["claude-code after written a shell", after("mcp__files__write_file", { path: "a", content: "x" }), "claude-code"],
  ["claude-code after shell", after("mcp__files__move", { source: "a", destination: "b" }), "claude-code"],
  ["claude-code after shell", after("ToolOfTomorrow", {}), "claude-code"],
  ["cursor before shell", { cursor_version: "2", hook_event_name: "beforeMCPExecution", tool_name: "write_file" }],
  ["windsurf after shell", windsurf("post_mcp_tool_use", { mcp_tool_name: "write_file" })],
  ["copilot after shell", { toolName: "files-write", toolArgs: "{}", toolResult: {} }],
  ["mole after written a", like("AfterTool", "write_file", { path: "a" }), "mole"],
];

it.each(rows)("reads %s", (expected, payload, source) => {
  expect(summary(payload, source)).toBe(expected);
});

it("reads the form of every agent that has one", () => {
  const read = new Set(rows.map(([expected]) => expected.split(" ")[0]));
  const agents = catalogue.filter(({ hooks }) => hooks !== undefined).map(({ id }) => id);
  expect(agents.filter((agent) => !read.has(agent))).toEqual([]);
});

it("reads who, in which session and use of a tool, with which model, where, and what it wrote", () => {
  const payload = after(
    "Edit",
    { file_path: "/w/a", old_string: "x", new_string: "y" },
    { tool_use_id: "u", model: "claude-opus-5", transcript_path: "/t.jsonl", tool_response: { originalFile: "x z" } },
  );
  expect(read(payload, "claude-code")).toEqual({
    event: {
      agent: "claude-code",
      session: "s",
      call: "u",
      model: "claude-opus-5",
      cwd: "/w",
      phase: "after",
      edits: [{ path: "/w/a", kind: "written", written: ["y"], replaced: ["x"], original: "x z" }],
      shell: false,
      announced: false,
      transcript: { path: "/t.jsonl", model: ["message.model"] },
    },
  });
});

it("reads what a patch writes and replaces in each file", () => {
  expect(read(after("apply_patch", { command: patch }), "codex").event?.edits).toEqual([
    { path: "a", kind: "written", written: ["new"], replaced: [] },
    { path: "b", kind: "deleted" },
    { path: "c", kind: "written", written: ["y"], replaced: ["x"] },
    { path: "d", kind: "deleted" },
  ]);
});

it("reads nothing of what a command does after its patch", () => {
  const command = `${heredoc}cat <<'EOF'\n+own\n-gone\nEOF\n`.replace("*** Delete File: d\n", "");
  expect(read(after("Bash", { command }), "codex").event?.edits.at(-1)).toEqual({
    path: "c",
    kind: "written",
    written: ["y"],
    replaced: ["x"],
  });
});

it.each(["unknown", "Default", "auto", "<synthetic>", "", "  ", "gpt\n5", "x".repeat(101), "a <b@c>"])(
  "takes %j for no model",
  (model) => {
    expect(read(after("Write", { file_path: "a" }, { model }), "codex").event).not.toHaveProperty("model");
  },
);

it.each(["Eve\nAssisted-by: none", "<x>", "", "-x", "x".repeat(41)])("takes %j for no agent's id", (agent) => {
  expect(read({ countersign: 1, agent, shell: true }).event?.agent).toBe("unknown");
  expect(read(after("Write", { file_path: "a" }), agent).event?.agent).toBe("unknown");
});

it("reads control characters as they are, byte order marks, and UTF-16", () => {
  const payload = JSON.stringify(
    windsurf("post_write_code", { file_path: "/w/ü", edits: [{ new_string: 'a\n"b"\tc\\' }] }),
  );
  const raw = payload.replaceAll("\\n", "\n").replaceAll("\\t", "\t");
  for (const text of [payload, raw, `\uFEFF${raw}`, `\uFEFF\uFEFF${payload}`]) {
    expect(read(text).event?.edits).toEqual([{ path: "/w/ü", kind: "written", written: ['a\n"b"\tc\\'] }]);
  }
  const wide = new Uint8Array(new Uint16Array([...payload].map((unit) => unit.charCodeAt(0))).buffer);
  expect(readHookEvent(wide).event?.edits[0]?.path).toBe("/w/ü");
});
