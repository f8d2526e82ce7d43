import { catalogue } from "../agents/catalogue.ts";
import { asciiLowerCase } from "../bytes.ts";
import { GUESSED, unknownHooks } from "./claude-hooks.ts";
import { findAgent, readAgentId } from "./hook-agent.ts";
import type { HookEdit, HookEvent, HookReading, HookSource } from "./hook-event.ts";
import { type Fields, findText, findValues, withField } from "./hook-fields.ts";
import type { HookFormat, HookSign } from "./hook-format.ts";
import { parseHookJson } from "./hook-json.ts";
import { readModel } from "./hook-model.ts";
import { isNeutral, readNeutralEvent } from "./neutral-event.ts";
import { readEdits } from "./read-edits.ts";

/** Reads what an agent gave its hook: a JSON object in the agent's own form, or in the neutral one. Never throws. */
export function readHookEvent(payload: Uint8Array, source: HookSource = {}): HookReading {
  const parsed = parseHookJson(payload);
  const { agent, format } = chooseAgent(parsed ?? {}, source);
  const reply = format.reply === undefined ? {} : { reply: format.reply };
  const fields = addVariables(parsed, format, source);
  if (fields === undefined) return { ...reply, problem: "standard input does not hold a JSON object" };
  const event = isNeutral(fields) ? readNeutralEvent(fields, agent) : readEvent(fields, agent, format);
  return typeof event === "string" ? { ...reply, problem: event } : { ...reply, event };
}

/** What is unmistakable in the payload comes first, since agents run each other's hooks; then what the hook was given. */
function chooseAgent(
  fields: Fields,
  { agent: given, variables = {} }: HookSource,
): { agent: string; format: HookFormat } {
  const holds = (sign: HookSign): boolean =>
    "variable" in sign
      ? (variables[sign.variable] ?? "") !== ""
      : findValues(fields, sign.at).some(
          (value) => sign.contains === undefined || asciiLowerCase(String(value)).includes(sign.contains),
        );
  const agent = catalogue.find(({ hooks }) => hooks?.signs?.some(holds)) ?? findAgent(given ?? "");
  return { agent: agent?.id ?? readAgentId(given), format: agent?.hooks ?? unknownHooks };
}

function addVariables(
  fields: Fields | undefined,
  format: HookFormat,
  { variables = {} }: HookSource,
): Fields | undefined {
  let all = fields;
  for (const [variable, place] of Object.entries(format.variables ?? {})) {
    const value = variables[variable];
    if (value !== undefined && value !== "") all = withField(all ?? {}, place, value);
  }
  return all;
}

/** The event, or why there is none. */
function readEvent(fields: Fields, agent: string, format: HookFormat): HookEvent | string {
  const name = findText(fields, format.event);
  const phase = findPhase(fields, format, name);
  if (phase === undefined) return `the event ${JSON.stringify(name ?? "")} of ${agent} is not about a use of a tool`;
  const tool = findText(fields, format.tool);
  const actions = format.actions.filter(({ events, tools }) => isOneOf(name, events) || isOneOf(tool, tools));
  if (actions.some(({ does }) => does === "nothing")) {
    return `the tool ${JSON.stringify(tool ?? "")} of ${agent} changes no file`;
  }
  const isKnown = actions.length > 0;
  const edits = isKnown ? readEdits(fields, actions) : guessEdits(fields);
  // What is not known is never taken for harmless.
  const shell = !isKnown || actions.some(({ does }) => does === "shell");
  if (edits.length === 0 && !shell && phase === "after") return `the payload of ${agent} names no file`;
  const transcript = findText(fields, format.transcript);
  return {
    agent,
    ...readText("session", fields, format.session),
    ...readText("call", fields, format.call),
    ...readText("cwd", fields, format.cwd),
    ...readModel(findText(fields, format.model)),
    phase,
    edits,
    shell,
    ...(isKnown ? {} : { guessed: true }),
    announced: phase === "before" && format.announces === true,
    ...(transcript && format.transcriptModel
      ? { transcript: { path: transcript, model: format.transcriptModel } }
      : {}),
  };
}

/** The edits that an unknown tool can have made, of those that can be looked for: of a file that holds the text then. */
function guessEdits(fields: Fields): readonly HookEdit[] {
  return readEdits(fields, [GUESSED]).filter(({ written }) => written?.some((text) => text.trim() !== ""));
}

function findPhase(
  fields: Fields,
  { before, after, result }: HookFormat,
  name?: string,
): HookEvent["phase"] | undefined {
  if (isOneOf(name, before)) return "before";
  if (isOneOf(name, after)) return "after";
  if (name !== undefined || result === undefined) return undefined;
  return result.some((place) => findValues(fields, place).length > 0) ? "after" : "before";
}

function readText<Name extends string>(
  name: Name,
  fields: Fields,
  places?: readonly string[],
): { [N in Name]?: string } {
  const text = findText(fields, places);
  return (text === undefined ? {} : { [name]: text }) as { [N in Name]?: string };
}

function isOneOf(name: string | undefined, names: readonly string[] = []): boolean {
  return name !== undefined && names.some((known) => plain(known) === plain(name));
}

function plain(name: string): string {
  return asciiLowerCase(name).replace(/[_-]/g, "");
}
