/** A file that an agent says it wrote or deleted. */
export interface HookEdit {
  /** Absolute, or from the event's folder. */
  readonly path: string;
  readonly kind: "written" | "deleted";
  /** What it wrote: parts of the file, or all of it. */
  readonly written?: readonly string[];
  /** What it wrote that in place of. */
  readonly replaced?: readonly string[];
  /** The whole file as it was before. */
  readonly original?: string;
}

/** What an agent reported to its hook: one use of one tool. */
export interface HookEvent {
  /** The agent's id in the catalogue, or the one that the hook was given. */
  readonly agent: string;
  readonly session?: string;
  /** Distinguishes one use of a tool from the others in the session. */
  readonly call?: string;
  readonly model?: string;
  readonly cwd?: string;
  readonly phase: "before" | "after";
  readonly edits: readonly HookEdit[];
  /** The agent ran a command, or a tool that nobody knows: it can have changed any file. */
  readonly shell: boolean;
  /** The tool is not known, so that a file and a text among its arguments need not mean that it wrote them. */
  readonly guessed?: true;
  /** The edits are reported before they are made, and may never be again. */
  readonly announced: boolean;
  /** A file of JSON lines that may name the model, and where a line does. */
  readonly transcript?: { readonly path: string; readonly model: readonly string[] };
}

/** What a hook's payload says. */
export interface HookReading {
  /** Absent if the payload is about nothing that changes files. */
  readonly event?: HookEvent;
  /** Why there is no event. */
  readonly problem?: string;
  /** What has to be printed for the agent, whether there is an event or not. */
  readonly reply?: string;
}

/** What a hook knows apart from its payload. */
export interface HookSource {
  /** The agent's id or name, as the hook was given it. */
  readonly agent?: string;
  /** The environment. */
  readonly variables?: Readonly<Record<string, string | undefined>>;
}
