import type { Agent } from "../../agents/agent.ts";
import { asciiLowerCase } from "../../bytes.ts";
import type { AgentIndex } from "../agent-index.ts";

/** The agent that a value names, and the model where it names one. */
export interface NamedAgent {
  readonly agent: Agent;
  readonly model?: string;
  /** The name is a person's or a plain word too, and no model stands beside it. */
  readonly doubtful: boolean;
}

const LONGEST_NAME = 40;
/** Words that follow an agent's name without making it a person's. */
const BESIDE_NAME = new Set([
  ..."agent app assistant bot chat cli code codex coding desktop extension ide model web".split(" "),
  ..."fable flash haiku max mini opus plus preview pro sonnet thinking turbo ultra".split(" "),
  ..."and by for in using via with".split(" "),
]);
const MODEL_TIER = /^(?:fable|flash|haiku|opus|pro|sonnet)$/;

/**
 * Reads the value of `Assisted-by` and its kin: `Claude:claude-opus-5 sparse`, `Claude Opus 4.5`,
 * `gpt-5.2`, `GLM 5 via Crush`, `Codex (gpt-5)`. What follows the name must look like a model, a version or
 * another tool, so that `Claude Dioudonnat` stays a person.
 */
export function readAgentName(value: string, index: AgentIndex): NamedAgent | undefined {
  const text = clean(value);
  const [model = "", tool] = text.split(/ (?:via|on) /, 2);
  const through = tool === undefined ? undefined : readHead(tool, index);
  if (through !== undefined && through.agent.id !== "unknown") {
    return { agent: through.agent, model, doubtful: false };
  }
  return readHead(text, index) ?? readModelAlone(text, index);
}

/** Takes Markdown, quotes and white space off both ends; of a link it leaves the words. */
function clean(value: string): string {
  const text = value.replaceAll("`", "").replace(/^[\s"'*_<[]+/, "");
  const link = text.indexOf("](");
  return (link < 0 ? text : text.slice(0, link)).replace(/[^A-Za-z0-9)]+$/, "");
}

function readHead(text: string, index: AgentIndex): NamedAgent | undefined {
  const lower = asciiLowerCase(text);
  for (let end = Math.min(text.length, LONGEST_NAME); end > 0; end -= 1) {
    if (!isBoundary(lower, end)) continue;
    const known = index.names.get(lower.slice(0, end));
    if (known === undefined) continue;
    const rest = readRest(text, end);
    if (rest === undefined) continue;
    const { model } = rest;
    const doubtful = known.common && model === undefined;
    return model === undefined ? { agent: known.agent, doubtful } : { agent: known.agent, model, doubtful };
  }
  return undefined;
}

/** `Some Tool (claude-opus-4-6)`, `Priya Nair with gpt-5`: an AI took part, and by which tool is not said. */
function readModelAlone(text: string, index: AgentIndex): NamedAgent | undefined {
  const unknown = index.names.get("ai")?.agent;
  for (const mark of [":", "(", "/"]) {
    const at = text.indexOf(mark);
    if (at < 0 || unknown === undefined) continue;
    const inside = readHead(text.slice(at + 1).trim(), index);
    if (inside?.model !== undefined) return { agent: unknown, model: inside.model, doubtful: false };
  }
  return undefined;
}

function isBoundary(lower: string, end: number): boolean {
  const next = lower[end];
  if (next === undefined || !/[a-z0-9]/.test(next)) return true;
  // `ChatGPTv5`, `GPT5`
  return /[a-z]/.test(lower[end - 1] ?? "") && /^v?[0-9]/.test(lower.slice(end, end + 2));
}

/** The model behind `AGENT:`. The kernel lists tools behind the model, so its first word with a digit is all of it. */
function readModel(text: string): { model?: string } {
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

/** What stands behind a name, where that is no surname. */
function readRest(text: string, end: number): { model?: string } | undefined {
  const rest = text.slice(end);
  if (rest === "") return {};
  const token = /^[^\s,;()]*/.exec(rest)?.[0] ?? "";
  // The name was the beginning of a model's: `claude-opus-4-6`, `gpt-5.2`.
  if (/^[-.v0-9]/.test(token)) {
    const whole = text.slice(0, end) + token;
    return /[0-9]/.test(token) ? { model: whole } : undefined;
  }
  if (token.startsWith(":")) {
    return readModel(rest.slice(1).trimStart());
  }
  const beside = rest.trimStart();
  const opener = beside[0] ?? "";
  if (opener === "(") {
    const inside = beside.slice(1).split(")", 1)[0]?.trim() ?? "";
    return /[0-9]/.test(inside) && !/\bcontext\b/.test(inside) ? { model: inside } : {};
  }
  if ("/,;+&|@[<-–—".includes(opener)) {
    const model = /^\/\s*([^\s,;()]*[0-9][^\s,;()]*)/.exec(beside)?.[1];
    return model === undefined ? {} : { model };
  }
  const words = beside.split(/[(,;]/, 1)[0]?.trim() ?? "";
  const first = asciiLowerCase(/^[A-Za-z]*/.exec(words)?.[0] ?? "");
  if (/^[Vv]?[0-9]/.test(words) || MODEL_TIER.test(first)) return { model: words };
  const [word = ""] = words.split(" ", 1);
  if (/[0-9]/.test(word)) return { model: words };
  return BESIDE_NAME.has(first) ? {} : undefined;
}
