import type { Agent } from "../../agents/agent.ts";
import { asciiLowerCase, upToLast } from "../../bytes.ts";
import type { AgentIndex } from "../agent-index.ts";
import { type KnownName, nameKey } from "../agent-names.ts";

/** The agent that a value names, and the model where it names one. */
export interface NamedAgent {
  readonly agent: Agent;
  readonly model?: string;
  /** The name is a person's or a plain word too, and nothing beside it says that it is not one here. */
  readonly mayBePerson: boolean;
  /** The name is that of a tool of people's too, and no model stands beside it. */
  readonly mayBeTool: boolean;
}

const LONGEST_NAME = 40;
/** What stands further on names nothing. Each word for a program is one step deeper. */
const LONGEST_VALUE = 4096;
/** Words for the program that an agent is, which follow its name behind a blank, a hyphen or an underline. */
const OF_PROGRAMS = new Set(
  "action agent api app assistant bot cascade chat cli cloud code codex coding composer desktop editor extension ide llm plugin sdk tab tui vscode web".split(
    " ",
  ),
);
/** Words of models, which do so as well. */
const OF_MODELS = new Set(
  "fable flash haiku latest max mini model opus plus preview pro sonnet thinking turbo ultra".split(" "),
);
/** Words that follow an agent's name in a sentence. */
const IN_SENTENCE = new Set("and by for in using via with".split(" "));
/** Those of programs that no other tool has. */
const OF_AGENTS = new Set("agent ai assistant coding".split(" "));
const MODEL_TIER = /^(?:fable|flash|haiku|opus|pro|sonnet)$/;

/**
 * Reads the value of `Assisted-by` and its kin: `Claude:claude-opus-5 sparse`, `Claude Opus 4.5`,
 * `gpt-5.2`, `GLM 5 via Crush`, `Codex (gpt-5)`. What follows the name must look like a model, a version or
 * another tool, so that `Claude Dioudonnat` stays a person.
 */
export function readAgentName(value: string, index: Pick<AgentIndex, "names">): NamedAgent | undefined {
  const text = clean(value.slice(0, LONGEST_VALUE));
  const [model = "", tool] = text.split(/ (?:via|on) /, 2);
  const through = tool === undefined ? undefined : readHead(tool, index);
  if (through !== undefined && through.agent.id !== "unknown") {
    return { agent: through.agent, model, mayBePerson: false, mayBeTool: false };
  }
  return readHead(text, index) ?? readModelAlone(text, index);
}

/** Takes Markdown, quotes, white space and the `@` of a handle off both ends, and an article; of a link it leaves the words. */
function clean(value: string): string {
  const text = value.replaceAll("`", "").replace(/^[\s"'*_<[@]+(?:the )?|^the /i, "");
  const link = text.indexOf("](");
  return upToLast(/[A-Za-z0-9)]/, link < 0 ? text : text.slice(0, link));
}

function readHead(text: string, index: Pick<AgentIndex, "names">): NamedAgent | undefined {
  const lower = asciiLowerCase(text);
  for (let end = Math.min(text.length, LONGEST_NAME); end > 0; end -= 1) {
    if (!isBoundary(lower, end)) continue;
    const known = index.names.get(nameKey(lower.slice(0, end)));
    const rest = known && readRest(text, end, known);
    if (known === undefined || rest === undefined) continue;
    const { agent, common, ofModel } = known;
    const { model, version = false, ofProgram = false, ofAgent = false } = rest;
    return {
      agent,
      ...(model === undefined ? {} : { model }),
      mayBePerson: common && model === undefined && !version && !ofProgram,
      mayBeTool: common && !ofModel && !ofAgent && !(model !== undefined && isModelLike(model)),
    };
  }
  return undefined;
}

/** `Some Tool (claude-opus-4-6)`, `Priya Nair with gpt-5`: an AI took part, and by which tool is not said. */
function readModelAlone(text: string, index: Pick<AgentIndex, "names">): NamedAgent | undefined {
  const unknown = index.names.get("ai")?.agent;
  for (const mark of [":", "(", "/"]) {
    const at = text.indexOf(mark);
    if (at < 0 || unknown === undefined) continue;
    const inside = readHead(text.slice(at + 1).trim(), index);
    if (inside?.model === undefined) continue;
    return { agent: unknown, model: inside.model, mayBePerson: false, mayBeTool: false };
  }
  return undefined;
}

function isBoundary(lower: string, end: number): boolean {
  const next = lower[end];
  if (next === undefined || !/[a-z0-9]/.test(next)) return true;
  // `ChatGPTv5`, `GPT5`
  return /[a-z]/.test(lower[end - 1] ?? "") && /^v?[0-9]/.test(lower.slice(end, end + 2));
}

/** What stands behind a name, where that is not a surname. */
interface BesideName {
  readonly model?: string;
  /** A number stands there, as behind no person's name. */
  readonly version?: boolean;
  /** A word for a program stands there, as behind no person's name. */
  readonly ofProgram?: boolean;
  /** One that no other tool has. */
  readonly ofAgent?: boolean;
}

function readRest(text: string, end: number, known: KnownName): BesideName | undefined {
  const rest = text.slice(end);
  if (rest === "") return {};
  const numbered = (model: string, number: string): BesideName =>
    known.ofModel || !isVersion(number) ? { model } : { version: true };
  const [joined = "", mark, word = ""] = /^([-_ ])([A-Za-z]+)(?![A-Za-z0-9])/.exec(rest) ?? [];
  if (OF_PROGRAMS.has(asciiLowerCase(word))) {
    const further = readRest(text, end + joined.length, known) ?? (mark === " " ? {} : undefined);
    return further && { ...further, ofProgram: true, ofAgent: further.ofAgent || OF_AGENTS.has(asciiLowerCase(word)) };
  }
  const token = /^[^\s,;()]*/.exec(rest)?.[0] ?? "";
  // People call a product by its site: `claude.ai`, `chatgpt.com`.
  if (/^\.(?:ai|app|com|dev|new)$/.test(token)) return { ofProgram: true };
  // The name was the beginning of a model's: `claude-opus-4-6`, `gpt-5.2`.
  if (/^[-_.v0-9]/.test(token)) {
    if (/[0-9]/.test(token)) return numbered(text.slice(0, end) + token, token);
    const words = asciiLowerCase(token).split(/[-_]/).slice(1);
    return words.length > 0 && words.every((word) => OF_MODELS.has(word)) ? {} : undefined;
  }
  if (token.startsWith(":")) return readModel(rest.slice(1).trimStart());
  const beside = rest.trimStart();
  const opener = beside[0] ?? "";
  if (opener === "(") {
    const inside = beside.slice(1).split(")", 1)[0]?.trim() ?? "";
    return /[0-9]/.test(inside) && !/\bcontext\b/.test(inside) ? numbered(inside, inside) : {};
  }
  if ("/,;+&|@[<-–—".includes(opener)) {
    const model = /^\/\s*([^\s,;()]*[0-9][^\s,;()]*)/.exec(beside)?.[1];
    return model === undefined ? {} : numbered(model, model);
  }
  const words = beside.split(/[(,;]/, 1)[0]?.trim() ?? "";
  const first = asciiLowerCase(/^[A-Za-z]*/.exec(words)?.[0] ?? "");
  if (/^[Vv]?[0-9]/.test(words) || MODEL_TIER.test(first)) return numbered(words, words);
  if (/[0-9]/.test(words.split(" ", 1)[0] ?? "")) return { model: words };
  return OF_MODELS.has(first) || IN_SENTENCE.has(first) ? {} : undefined;
}

/** The model behind `AGENT:`. The kernel lists tools behind the model, so its first word with a digit is all of it. */
function readModel(text: string): BesideName {
  const words =
    text
      .replace(/^\[/, "")
      .split(/[\],;()]/, 1)[0]
      ?.trim() ?? "";
  const [first = ""] = words.split(" ", 1);
  if (first === "") return {};
  const spaced = text.startsWith("[") || (!/[0-9]/.test(first) && /[0-9]/.test(words));
  return { model: spaced ? words : first };
}

/** `2.0`, `v3.24.1`, `-1.0-rc2`: a tool has a version where a model has a name. */
export function isVersion(text: string): boolean {
  return !/[A-Za-z]/.test(text.replace(/^[-. ]*v/i, "").replace(/(?:alpha|beta|dev|rc)/gi, ""));
}

/** Whether it is called as models are, with letters and a number: `opus-4.5`, `gpt-5`. */
function isModelLike(text: string): boolean {
  return /[0-9]/.test(text) && !isVersion(text);
}
