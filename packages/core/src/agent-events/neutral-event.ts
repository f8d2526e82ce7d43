import { readAgentId } from "./hook-agent.ts";
import type { HookEdit, HookEvent } from "./hook-event.ts";
import { asFields, type Fields, findText, findValues } from "./hook-fields.ts";
import { readModel } from "./hook-model.ts";

/**
 * The form for agents whose hooks are programs and not commands (OpenCode, Amp, Pi): their plugin writes
 *
 * ```json
 * { "countersign": 1, "agent": "opencode", "session": "ses_1", "model": "claude-opus-5", "cwd": "/home/bob/shop",
 *   "phase": "after", "call": "call_1", "shell": false,
 *   "edits": [{ "path": "src/shop.ts", "kind": "written", "written": "new text", "replaced": "old text" }] }
 * ```
 *
 * Only `countersign`, and `edits` or `shell`, are needed. `phase` is `after` unless it says `before`; `kind` is `written`
 * unless it says `deleted`; `written` and `replaced` are texts or lists of texts, `original` is the whole file before.
 */
export function readNeutralEvent(fields: Fields, given: string): HookEvent | string {
  const named = findText(fields, ["agent"]);
  const agent = named === undefined ? given : readAgentId(named);
  const edits = findValues(fields, "edits[]").flatMap(readEdit);
  const shell = fields["shell"] === true;
  if (edits.length === 0 && !shell) return `the payload of ${agent} names no file`;
  const [session, call, cwd] = ["session", "call", "cwd"].map((name) => findText(fields, [name]));
  return {
    agent,
    ...(session === undefined ? {} : { session }),
    ...(call === undefined ? {} : { call }),
    ...(cwd === undefined ? {} : { cwd }),
    ...readModel(findText(fields, ["model"])),
    phase: fields["phase"] === "before" ? "before" : "after",
    edits,
    shell,
    announced: false,
  };
}

export function isNeutral(fields: Fields): boolean {
  return fields["countersign"] === 1;
}

function readEdit(value: unknown): readonly HookEdit[] {
  const fields = asFields(value);
  const path = fields && findText(fields, ["path"]);
  if (!fields || path === undefined) return [];
  if (fields["kind"] === "deleted") return [{ path, kind: "deleted" }];
  const { original } = fields;
  return [
    {
      path,
      kind: "written",
      ...readTexts("written", fields),
      ...readTexts("replaced", fields),
      ...(typeof original === "string" ? { original } : {}),
    },
  ];
}

function readTexts(name: "written" | "replaced", fields: Fields): Pick<HookEdit, typeof name> {
  const value = fields[name];
  const texts = (Array.isArray(value) ? value : [value]).filter((text) => typeof text === "string");
  return texts.length > 0 ? { [name]: texts } : {};
}
