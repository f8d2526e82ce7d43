import type { TrailerKey } from "../../agents/agent.ts";
import { asciiLowerCase } from "../../bytes.ts";
import type { AgentIndex } from "../agent-index.ts";
import { findAddresses, identify } from "../identify.ts";
import type { Evidence } from "../provenance.ts";
import { isVersion, type NamedAgent, readAgentName } from "./agent-name.ts";
import type { AttributionKey } from "./attribution-keys.ts";
import { readDenial } from "./denial.ts";
import type { KeyedValue } from "./keyed-values.ts";

/** A sign in one line; the caller knows where the line stands and whether it speaks for the commit. */
export interface Sign extends Omit<Evidence, "where"> {
  /** Whether it is an address that no person holds, which decides wherever it stands. */
  readonly byAddress: boolean;
}

/** The agent's place in the evidence where a person says that none took part. */
export const NO_AGENT = "none";

/** Also how much of the change was made so, where that is not nothing. */
const AFFIRMATION =
  /^(?:true|yes|y|full(?:y)?|entirely|mostly|heav(?:y|ily)|mixed|partial(?:ly)?|in part|some(?:what)?|minor|minimal(?:ly)?|[1-9][0-9]{0,2} ?%)\.?$/i;
/** No name, footer or link is looked for beyond this. */
export const LONGEST_MARK = 4096;

/** What a key and its value say about agents. */
export function readTrailer(keyed: KeyedValue, index: AgentIndex): readonly Sign[] {
  const { key, attribution, value, text, loose } = keyed;
  const found = { text: text.slice(0, LONGEST_MARK), byAddress: false } as const;
  for (const { agent, ...own } of index.trailerKeys.get(key) ?? []) {
    if (!meets(value, own)) continue;
    return [{ ...found, kind: own.kind, agent: agent.id, strength: "strong", class: agent.class ?? "authored" }];
  }
  if (attribution === undefined) return [];
  const addresses = findAddresses(value);
  const signs = addresses.flatMap(({ name, email }): Sign[] => {
    const known = identify(name, email, index);
    if (known === undefined) return [];
    const weak = attribution.strength === "weak" || known.strength === "weak";
    const sign: Sign = {
      kind: "trailer",
      agent: known.agent.id,
      text: found.text,
      strength: weak ? "weak" : "strong",
      class: attribution.class ?? known.class,
      byAddress: true,
    };
    return [withModel(sign, readAgentName(name, index)?.model)];
  });
  if (signs.length > 0 || loose) return signs;
  const named = readValue(value.slice(0, LONGEST_MARK), attribution, addresses.length > 0, index);
  return named === undefined ? [] : [{ ...found, ...named }];
}

/** A value without an agent's address: a name, `true`, `none`, or a person. */
function readValue(
  value: string,
  key: AttributionKey,
  hasAddress: boolean,
  index: AgentIndex,
): Omit<Sign, "text" | "byAddress"> | undefined {
  const sign = { kind: "trailer", strength: "strong", class: key.class ?? "authored" } as const;
  if (key.strength === "weak" || value === "") return undefined;
  if (key.asks !== "person") {
    if (readDenial(value)) return { ...sign, agent: NO_AGENT, strength: "weak" };
    if (key.asks === "ai" && AFFIRMATION.test(value)) return { ...sign, agent: "unknown" };
  }
  // People's names stand before people's addresses: only the address could tell the two apart.
  if (hasAddress && key.asks === "person") return undefined;
  const named =
    readAgentName(hasAddress ? (value.split("<", 1)[0] ?? "") : value, index) ??
    (hasAddress ? undefined : readUnknownAgent(value, key, index));
  if (named === undefined) return key.asks === "ai" ? { ...sign, agent: "unknown", strength: "weak" } : undefined;
  const { agent, model } = named;
  const made = key.class ?? agent.class ?? "authored";
  const strength = isDoubtful(named, key, hasAddress) ? "weak" : "strong";
  return withModel({ ...sign, agent: agent.id, strength, class: made }, model);
}

/** Whether the name may be a person's, or that of a tool of people's, as far as this key says. */
function isDoubtful({ mayBePerson, mayBeTool }: NamedAgent, { asks }: AttributionKey, hasAddress: boolean): boolean {
  return asks === "generator" ? mayBeTool : mayBePerson && (hasAddress || asks === "person");
}

/** The kernel's `AGENT:MODEL`: a word and a word, which is not a person's name, with analysis tools behind it. */
const STAMP = /^`?([A-Za-z][\w.-]*):([\w.][\w./+-]*)(?![^\s[(,;`])/;

/** An agent that is not in the catalogue, as the form itself says: no catalogue is ever complete. */
function readUnknownAgent(value: string, { asks }: AttributionKey, index: AgentIndex): NamedAgent | undefined {
  const model = STAMP.exec(value)?.[2];
  const agent = index.names.get("unknown")?.agent;
  if (agent === undefined || model === undefined || isVersion(model)) return undefined;
  // `scripts:update-docs` is a generator's name, and `golang:1.22-alpine` an image's.
  if (asks === "person" || (asks === "generator" && !/^[A-Za-z].*[0-9]/.test(model))) return undefined;
  return { agent, model, mayBePerson: false, mayBeTool: false };
}

function withModel<Found>(sign: Found, model: string | undefined): Found {
  return model === undefined ? sign : { ...sign, model };
}

/** What stands for a value in a template: `<id>`, `...`. */
const PLACEHOLDER = /^(?:<[^<>]*>|\.{2,}|…)$/;

function meets(value: string, { equals }: TrailerKey): boolean {
  if (value === "" || PLACEHOLDER.test(value) || readDenial(value)) return false;
  const lower = asciiLowerCase(value);
  return equals === undefined || equals.some((text) => asciiLowerCase(text) === lower);
}
