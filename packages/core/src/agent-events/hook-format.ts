/**
 * Where a value stands in a payload, literally: names of fields with dots between them, and `[]` behind the name of a
 * list for each of its elements, as in `tool_input.edits[].new_string`.
 */
export type FieldPath = string;

/** The places where a value may stand. The first that has one counts. */
export type Places = readonly FieldPath[];

/** Something by which a payload is known to be this agent's, whatever the hook was given: agents run each other's hooks. */
export type HookSign =
  /** The field is there, with these words in it where they are given (whatever their case). */
  | { readonly at: FieldPath; readonly contains?: string }
  /** The environment variable is set. */
  | { readonly variable: string };

/** What some of an agent's events or tools do to files. */
export interface HookAction {
  readonly does: "write" | "delete" | "patch" | "shell" | "nothing";
  /** The events that this is about, or else the tools. Letter case, `_` and `-` make no difference. */
  readonly events?: readonly string[];
  readonly tools?: readonly string[];
  /** A list with an element for each file; the other places then start from the element. */
  readonly each?: FieldPath;
  /** The files. */
  readonly paths?: Places;
  /** What is written: a part of the file, or all of it. */
  readonly written?: Places;
  /** What it is written in place of. */
  readonly replaced?: Places;
  /** The whole file as it was before. */
  readonly original?: Places;
  /** The text of a patch in the form that Codex's `apply_patch` takes. */
  readonly patch?: Places;
  /** Whether that is a command, which can be about anything else too. */
  readonly inCommand?: boolean;
}

/** How an agent reports to its hooks what it does. All of it is data, so that one more agent is one more record. */
export interface HookFormat {
  readonly signs?: readonly HookSign[];
  readonly event: Places;
  /** Where what came of the tool stands. It tells events apart in a payload that does not name its event. */
  readonly result?: Places;
  /** The names of the events before a tool is used and after it. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly tool?: Places;
  readonly session?: Places;
  /** What distinguishes one use of a tool from the others in its session. */
  readonly call?: Places;
  readonly model?: Places;
  readonly cwd?: Places;
  /** The path of a file in which each line is a JSON object. */
  readonly transcript?: Places;
  /** Where a line of the transcript names the model. */
  readonly transcriptModel?: Places;
  readonly actions: readonly HookAction[];
  /** Environment variables that say what the payload does not, and the field that each stands for. */
  readonly variables?: Readonly<Record<string, FieldPath>>;
  /** Its hooks can learn of an edit before it is made, and never again afterwards. */
  readonly announces?: boolean;
  /** What the agent must read from its hook's standard output, or it takes the hook for broken. */
  readonly reply?: string;
}
