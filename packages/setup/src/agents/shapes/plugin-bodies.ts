/** What the plugin files of each agent hold behind their common part, as TypeScript. */

export const OPENCODE_PLUGIN = `/** The files that a patch names. */
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
  if (!/^(?:edit|write|multiedit|patch|apply_patch)$/.test(tool)) return [];
  const { filePath: path, content, oldString: replaced, newString } = args;
  if (typeof path !== "string") return patchedFiles(args.patchText);
  return [{ path, kind: "written", written: newString ?? content, replaced }];
}

export const CountersignPlugin = async ({ directory: cwd }: { directory: string }) => {
  const models = new Map<string, string>();
  const tell = async ({ tool, sessionID, callID }: ToolCall, phase: "before" | "after", args?: ToolArguments) => {
    const shell = tool === "bash";
    const edits = phase === "after" ? editsOf(tool, args) : [];
    if (!shell && edits.length === 0) return;
    await mark({ session: sessionID, model: models.get(sessionID), cwd, phase, call: callID, shell, edits });
  };
  return {
    "chat.params": async ({ sessionID, model }: { sessionID: string; model: { id: string } }) => {
      models.set(sessionID, model.id);
    },
    "tool.execute.before": (call: ToolCall) => tell(call, "before"),
    "tool.execute.after": (call: ToolCall & { args?: ToolArguments }) => tell(call, "after", call.args),
  };
};
`;

export const AMP_PLUGIN = `interface ToolResult {
  thread: { id: string };
  toolUseID: string;
}

interface PluginApi {
  on(event: "tool.result", handler: (result: ToolResult) => Promise<void>): unknown;
  helpers: {
    filesModifiedByToolCall(call: ToolResult): { toString(): string }[] | null;
    shellCommandFromToolCall(call: ToolResult): object | null;
  };
}

// There is no handler before a tool: it would have to decide whether the tool may run.
export default function countersign(amp: PluginApi) {
  amp.on("tool.result", async (result) => {
    const files = (amp.helpers.filesModifiedByToolCall(result) ?? []).map(String);
    const paths = files.filter((uri) => uri.startsWith("file:")).map((uri) => fileURLToPath(uri));
    const edits = paths.map((path): Edit => ({ path, kind: "written" }));
    const shell = amp.helpers.shellCommandFromToolCall(result) !== null;
    if (!shell && edits.length === 0) return;
    await mark({ session: result.thread.id, cwd: root, phase: "after", call: result.toolUseID, shell, edits });
  });
}
`;

export const PI_PLUGIN = `interface Replacement {
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
  if (!/^(?:edit|write)$/.test(toolName) || typeof path !== "string") return [];
  const parts: Replacement[] = Array.isArray(edits) ? edits : [input];
  const written = parts.map(({ newText, content }) => newText ?? content);
  return [{ path, kind: "written", written, replaced: parts.map(({ oldText }) => oldText) }];
}

export default function countersign(pi: ExtensionApi) {
  const tell = async (event: ToolEvent, { cwd, model, sessionManager }: Context, phase: "before" | "after") => {
    const shell = event.toolName === "bash";
    const edits = phase === "after" ? editsOf(event) : [];
    if (!shell && edits.length === 0) return;
    const session = sessionManager.getSessionId();
    await mark({ session, model: model?.id, cwd, phase, call: event.toolCallId, shell, edits });
  };
  pi.on("tool_call", (event, context) => tell(event, context, "before"));
  pi.on("tool_result", (event, context) => tell(event, context, "after"));
}
`;
