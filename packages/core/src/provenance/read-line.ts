import { asciiLowerCase } from "../bytes.ts";
import type { AgentIndex } from "./agent-index.ts";
import { readAgentName } from "./agent-name.ts";
import type { TrailerKey } from "./agents/agent.ts";
import { type AttributionKey, findAttributionKey } from "./attribution-keys.ts";
import { findAddresses, identify } from "./identify.ts";
import type { Evidence } from "./provenance.ts";

/** A sign in one line; the caller knows where the line stands and whether it speaks for the commit. */
export type Sign = Omit<Evidence, "where" | "text">;

/** The agent's place in the evidence where a person says that none took part. */
export const NO_AGENT = "none";

const DENIAL = /^(?:none|no|n\/a|false)\.?$/i;
const AFFIRMATION = /^(?:true|yes|y)\.?$/i;
// The full-width colon comes from input methods; a backtick from models that take the line for code.
const KEYED = /^`?([A-Za-z][A-Za-z0-9-]*)[ \t]*[:：]/;

/** What a line of a message tells about agents. */
export function readLine(text: string, index: AgentIndex): readonly Sign[] {
  const keyed = KEYED.exec(text);
  if (keyed !== null && text[keyed[0].length] !== "/") {
    const signs = readTrailer(asciiLowerCase(keyed[1] as string), text.slice(keyed[0].length).trim(), index);
    if (signs.length > 0) return signs;
  }
  return readFooter(text, index) ?? readSessionLink(text, index);
}

function readTrailer(key: string, value: string, index: AgentIndex): readonly Sign[] {
  for (const own of index.trailerKeys.get(key) ?? []) {
    if (meets(value, own)) {
      return [{ kind: own.kind, agent: own.agent.id, strength: "strong", class: own.agent.class ?? "authored" }];
    }
  }
  const attribution = findAttributionKey(key);
  if (attribution === undefined) return [];
  const addresses = findAddresses(value);
  const signs = addresses.flatMap(({ name, email }) => {
    const known = identify(name, email, index);
    if (known === undefined) return [];
    const weak = attribution.strength === "weak" || known.strength === "weak";
    return [
      withModel(
        {
          kind: "trailer",
          agent: known.agent.id,
          strength: weak ? "weak" : "strong",
          class: attribution.class ?? known.class,
        },
        readAgentName(name, index)?.model,
      ),
    ];
  });
  return signs.length > 0 ? signs : readValue(value, attribution, addresses.length > 0, index);
}

/** A value without an agent's address: a name, `true`, `none`, or a person. */
function readValue(value: string, key: AttributionKey, hasAddress: boolean, index: AgentIndex): readonly Sign[] {
  const sign = { kind: "trailer", strength: "strong", class: key.class ?? "authored" } as const;
  if (key.strength === "weak" || value === "") return [];
  if (key.asks !== "person") {
    if (DENIAL.test(value)) return [{ ...sign, agent: NO_AGENT, strength: "weak" }];
    if (key.asks === "ai" && AFFIRMATION.test(value)) return [{ ...sign, agent: "unknown" }];
  }
  // People's names stand before people's addresses: only the address could tell the two apart.
  if (hasAddress && key.asks === "person") return [];
  const named = readAgentName(hasAddress ? value.split("<", 1)[0] ?? "" : value, index);
  if (named === undefined) return key.asks === "ai" ? [{ ...sign, agent: "unknown", strength: "weak" }] : [];
  const doubtful = named.doubtful && (hasAddress || key.asks === "person");
  const strength = doubtful ? "weak" : "strong";
  return [withModel({ ...sign, agent: named.agent.id, strength, class: key.class ?? named.agent.class ?? "authored" }, named.model)];
}

function withModel(sign: Sign, model: string | undefined): Sign {
  return model === undefined ? sign : { ...sign, model };
}

function meets(value: string, { equals, begins, contains, hex }: TrailerKey): boolean {
  const lower = asciiLowerCase(value);
  if (value === "") return false;
  if (equals !== undefined && !equals.some((text) => asciiLowerCase(text) === lower)) return false;
  if (begins !== undefined && !lower.startsWith(asciiLowerCase(begins))) return false;
  if (contains !== undefined && !lower.includes(asciiLowerCase(contains))) return false;
  return hex === undefined || (/^[0-9a-f-]+$/.test(lower) && lower.replaceAll("-", "").length === hex);
}

function readFooter(text: string, index: AgentIndex): readonly Sign[] | undefined {
  // An emoji may stand on either side, and emphasis around the line.
  const line = asciiLowerCase(text).replace(/^[^a-z]+/, "");
  const found = index.footers.find(
    ({ text: footer, linked }) =>
      line.startsWith(footer) && (linked || !/[A-Za-z0-9]/.test(line.slice(footer.length))),
  );
  if (found === undefined) return undefined;
  return [{ kind: "footer", agent: found.agent.id, strength: "strong", class: found.agent.class ?? "authored" }];
}

/** A link to a session is a mark where it stands by itself or behind a label; within a sentence it is a mention. */
function readSessionLink(text: string, index: AgentIndex): readonly Sign[] {
  const lower = asciiLowerCase(text);
  const signs: Sign[] = [];
  for (const { agent, prefix } of index.sessionLinks) {
    const at = lower.indexOf(prefix);
    if (at < 0 || !/[a-z0-9]/.test(lower[at + prefix.length] ?? "")) continue;
    const before = lower.slice(Math.max(0, at - 80), at);
    const alone = /^[^a-z]*$|(?:: |\]\(|=["']?|<)$/.test(before) && at <= 80;
    signs.push({ kind: "session", agent: agent.id, strength: alone ? "strong" : "weak", class: agent.class ?? "authored" });
  }
  return signs;
}
