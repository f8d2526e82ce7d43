/** What the plugin files of each agent hold behind their common part, as TypeScript. */
export const OPENCODE_PLUGIN = `/** The files that a patch for apply_patch names. */
function patchedFiles(patch: unknown): string[] {
  const lines = String(patch ?? "").matchAll(/^\\*\\*\\* (?:(?:Add|Update|Delete) File|Move to): (.+)$/gm);
  return Array.from(lines, (line) => line[1] ?? "");
}

interface ToolCall {
  tool: string;
  sessionID: string;
}

interface ToolArguments {
  filePath?: unknown;
  patchText?: unknown;
}

export const CountersignPlugin = async ({ directory }: { directory: string }) => {
  const models = new Map<string, string>();
  const tell = ({ tool, sessionID }: ToolCall, args: ToolArguments | undefined, event: "before" | "after") => {
    const edits = /^(?:edit|write|multiedit|patch|apply_patch)$/.test(tool)
      ? [...(typeof args?.filePath === "string" ? [args.filePath] : []), ...patchedFiles(args?.patchText)]
      : [];
    const shell = tool === "bash";
    if (shell || (event === "after" && edits.length > 0)) {
      return mark({ session: sessionID, model: models.get(sessionID), cwd: directory, event, edits, shell });
    }
    return Promise.resolve();
  };
  return {
    "chat.params": async ({ sessionID, model }: { sessionID: string; model: { id: string } }) => {
      models.set(sessionID, model.id);
    },
    "tool.execute.before": (call: ToolCall, { args }: { args?: ToolArguments }) => tell(call, args, "before"),
    "tool.execute.after": (call: ToolCall & { args?: ToolArguments }) => tell(call, call.args, "after"),
  };
};
`;

export const AMP_PLUGIN = `interface ToolResult {
  thread: { id: string };
  tool: string;
  status: string;
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
    const files = amp.helpers.filesModifiedByToolCall(result) ?? [];
    const edits = files.map(String).flatMap((uri) => (uri.startsWith("file:") ? [fileURLToPath(uri)] : []));
    const shell = amp.helpers.shellCommandFromToolCall(result) !== null;
    if (!shell && edits.length === 0) return;
    await mark({ session: result.thread.id, cwd: root, event: "after", edits, shell });
  });
}
`;

export const PI_PLUGIN = `interface ToolEvent {
  toolName: string;
  input: { path?: unknown };
}

interface Context {
  cwd: string;
  model?: { id: string } | undefined;
  sessionManager: { getSessionId(): string };
}

interface ExtensionApi {
  on(event: "tool_call" | "tool_result", handler: (event: ToolEvent, context: Context) => Promise<void>): void;
}

export default function countersign(pi: ExtensionApi) {
  const tell = async ({ toolName, input }: ToolEvent, { cwd, model, sessionManager }: Context, event: "before" | "after") => {
    const shell = toolName === "bash";
    const edits = /^(?:edit|write)$/.test(toolName) && typeof input.path === "string" ? [input.path] : [];
    if (!shell && (event === "before" || edits.length === 0)) return;
    await mark({ session: sessionManager.getSessionId(), model: model?.id, cwd, event, edits, shell });
  };
  pi.on("tool_call", (event, context) => tell(event, context, "before"));
  pi.on("tool_result", (event, context) => tell(event, context, "after"));
}
`;
