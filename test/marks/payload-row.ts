import { NEW_LINE, OLD_LINE } from "./mark-world.ts";

/** One payload in the shape that an agent gives its hook after it put `NEW_LINE` in place of `OLD_LINE`. */
export interface PayloadRow {
  readonly name: string;
  /** What is found in the end: the agent's id, and the model where the payload names one. */
  readonly found: string;
  /** What the hook was told by `--agent`. */
  readonly agent?: string;
  readonly payload: (root: string, file: string) => unknown;
  readonly env?: (file: string) => NodeJS.ProcessEnv;
}

export const old_string = OLD_LINE.trim();
export const new_string = NEW_LINE.trim();
export const edits = [{ old_string, new_string }];
export const SESSION = "0b9b4a6e-7d52-4f0f";

export function patch(file: string): string {
  return `*** Begin Patch\n*** Update File: ${file}\n@@\n-${OLD_LINE}\n+${NEW_LINE}\n*** End Patch\n`;
}

/** The fields that most agents took over from Claude Code. */
export function common(root: string, tool_name: string, tool_input: unknown, more: object = {}): object {
  return { session_id: SESSION, cwd: root, hook_event_name: "PostToolUse", tool_name, tool_input, ...more };
}
