/** What the plugin files of each agent hold behind their common part, as TypeScript. */

export const OPENCODE_PLUGIN = `/** Tools that say what they write. */
const TOLD = /^(?:edit|write|multiedit|patch|apply_patch)$/;
/** Tools that change no file. Any other one, as one of an MCP server, is looked at as a shell command is. */
const HARMLESS = /^(?:read|grep|glob|list|lsp|webfetch|websearch|codesearch|todoread|todowrite|task|skill|question)$/;

/** The files that a patch names. */
function patchedFiles(patch: unknown): Edit[] {
  const lines = String(patch ?? "").matchAll(/^\\*\\*\\* (Add File|Update File|Delete File|Move to): (.+)$/gm);
  return Array.from(lines, ([, does, path = ""]) => ({ path, kind: does === "Delete File" ? "deleted" : "written" }));
}

interface ToolCall {
  tool: string;
  sessionID: string;
  callID: string;
}

interface ToolArguments {
  filePath?: unknown;
  content?: unknown;
  oldString?: unknown;
  newString?: unknown;
  patchText?: unknown;
}

function editsOf(tool: string, args: ToolArguments = {}): Edit[] {
  if (!TOLD.test(tool)) return [];
  const { filePath: path, content, oldString: replaced, newString } = args;
  if (typeof path !== "string") return patchedFiles(args.patchText);
  return [{ path, kind: "written", written: newString ?? content, replaced }];
}

export const CountersignPlugin = async ({ directory: cwd }: { directory: string }) => {
  const models = new Map<string, string>();
  const report = async ({ tool, sessionID, callID }: ToolCall, phase: "before" | "after", args?: ToolArguments) => {
    const edits = phase === "after" ? editsOf(tool, args) : [];
    const shell = !TOLD.test(tool) && !HARMLESS.test(tool);
    if (!shell && edits.length === 0) return;
    await mark({ session: sessionID, model: models.get(sessionID), cwd, phase, call: callID, shell, edits });
  };
  return {
    "chat.params": async ({ sessionID, model }: { sessionID: string; model: { id: string } }) => {
      models.set(sessionID, model.id);
    },
    "tool.execute.before": (call: ToolCall) => report(call, "before"),
    "tool.execute.after": (call: ToolCall & { args?: ToolArguments }) => report(call, "after", call.args),
  };
};
`;

export const AMP_PLUGIN = `interface ToolUse {
  thread: { id: string };
  toolUseID: string;
  tool: string;
}

interface PluginApi {
  on(event: "tool.call", handler: (call: ToolUse) => Promise<{ action: "allow" }>): unknown;
  on(event: "tool.result", handler: (result: ToolUse) => Promise<void>): unknown;
  helpers: {
    filesModifiedByToolCall(call: ToolUse): { toString(): string }[] | null;
    shellCommandFromToolCall(call: ToolUse): object | null;
  };
}

/** Tools that change no file. Any other one, as one of an MCP server, is looked at as a shell command is. */
const HARMLESS =
  /^(?:Read|Grep|Glob|LS|finder|librarian|oracle|Task|mermaid|read_\\w+|web_search|look_at|todo_(?:read|write)|find_thread)$/;

export default function countersign(amp: PluginApi) {
  const report = async (use: ToolUse, phase: "before" | "after") => {
    const files = (amp.helpers.filesModifiedByToolCall(use) ?? []).map(String);
    const paths = files.filter((uri) => uri.startsWith("file:")).map((uri) => fileURLToPath(uri));
    const edits = phase === "after" ? paths.map((path): Edit => ({ path, kind: "written" })) : [];
    const known = paths.length > 0 || HARMLESS.test(use.tool);
    const shell = amp.helpers.shellCommandFromToolCall(use) !== null || !known;
    if (!shell && edits.length === 0) return;
    await mark({ session: use.thread.id, cwd: root, phase, call: use.toolUseID, shell, edits });
  };
  // Amp requires an answer before a tool is used: that it is used as it was asked for.
  amp.on("tool.call", async (call) => {
    await report(call, "before");
    return { action: "allow" };
  });
  amp.on("tool.result", (result) => report(result, "after"));
}
`;

export const PI_PLUGIN = `/** Tools that say what they write. */
const TOLD = /^(?:edit|write)$/;
/** Tools that change no file. Any other one is looked at as a shell command is. */
const HARMLESS = /^(?:read|grep|find|ls)$/;

interface Replacement {
  content?: unknown;
  oldText?: unknown;
  newText?: unknown;
}

interface ToolEvent {
  toolName: string;
  toolCallId: string;
  input: Replacement & { path?: unknown; edits?: unknown };
}

interface Context {
  cwd: string;
  model?: { id: string } | undefined;
  sessionManager: { getSessionId(): string };
}

interface ExtensionApi {
  on(event: "tool_call" | "tool_result", handler: (event: ToolEvent, context: Context) => Promise<void>): void;
}

function editsOf({ toolName, input }: ToolEvent): Edit[] {
  const { path, edits } = input;
  if (!TOLD.test(toolName) || typeof path !== "string") return [];
  const parts: Replacement[] = Array.isArray(edits) ? edits : [input];
  const written = parts.map(({ newText, content }) => newText ?? content);
  return [{ path, kind: "written", written, replaced: parts.map(({ oldText }) => oldText) }];
}

export default function countersign(pi: ExtensionApi) {
  const report = async (event: ToolEvent, { cwd, model, sessionManager }: Context, phase: "before" | "after") => {
    const shell = !TOLD.test(event.toolName) && !HARMLESS.test(event.toolName);
    const edits = phase === "after" ? editsOf(event) : [];
    if (!shell && edits.length === 0) return;
    const session = sessionManager.getSessionId();
    await mark({ session, model: model?.id, cwd, phase, call: event.toolCallId, shell, edits });
  };
  pi.on("tool_call", (event, context) => report(event, context, "before"));
  pi.on("tool_result", (event, context) => report(event, context, "after"));
}
`;
