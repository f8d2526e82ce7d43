import type { AssistanceClass, EvidenceStrength } from "../provenance.ts";

/** What a trailer key asks for. */
export interface AttributionKey {
  /**
   * `tool`: names what helped, so a name is enough. `generator`: the same, but people's generators sign with it too, so
   * that a plain word is not enough. `person`: names people, so an address or a full product name is needed. `ai`: speaks
   * of AI itself, so that `true` is an answer too.
   */
  readonly asks: "tool" | "generator" | "person" | "ai";
  readonly strength: EvidenceStrength;
  readonly class?: AssistanceClass;
  /** Anyone who stands behind it made the change, as author or co-author. Helping, suggesting or signing off is less. */
  readonly makes?: true;
}

const strong = { strength: "strong" } as const;
const tool: AttributionKey = { asks: "tool", ...strong };
const generator: AttributionKey = { asks: "generator", ...strong };
const person: AttributionKey = { asks: "person", ...strong };
const maker: AttributionKey = { ...person, makes: true };
const ai: AttributionKey = { asks: "ai", ...strong };

/** Keys that say who made a change, in lower case. What stands behind them decides, never the key alone. */
export const attributionKeys: ReadonlyMap<string, AttributionKey> = new Map([
  ["assisted-by", tool],
  ["generated-by", generator],
  ["aided-by", tool],
  ["commit-generated-by", tool],
  ["synthesized-by", tool],
  ["assisted-with", tool],
  ["generated-with", generator],
  ["author", maker],
  ["authors", maker],
  ["authored-by", maker],
  ["co-author", maker],
  ["co-authors", maker],
  ["co-authored-by", maker],
  ["coauthor", maker],
  ["coauthors", maker],
  ["coauthored-by", maker],
  ["co-authored-with", maker],
  ["developed-by", maker],
  ["co-developed-by", maker],
  ["developed-with", maker],
  ["written-by", maker],
  ["written-with", maker],
  ["created-by", maker],
  ["created-with", maker],
  ["implemented-by", maker],
  ["made-by", maker],
  ["paired-with", maker],
  ["pair-programmed-with", maker],
  ["helped-by", person],
  // An agent cannot sign off, but where it did, it took part.
  ["signed-off-by", person],
  ["suggested-by", { ...person, class: "suggestion" }],
  ["ai-assisted", ai],
  ["ai-assisted-by", ai],
  ["ai-generated", ai],
  ["ai-generated-by", ai],
  ["ai-assistance", ai],
  ["ai-authored", ai],
  ["ai-authored-by", { ...ai, makes: true }],
  ["ai-co-author", { ...ai, makes: true }],
  ["ai-co-authored-by", { ...ai, makes: true }],
  ["ai-contribution", ai],
  ["ai-disclosure", ai],
  ["ai-usage", ai],
  ["ai-used", ai],
  ["ai-agent", ai],
  ["ai-assistant", ai],
  ["ai-model", ai],
  ["ai-tool", ai],
  ["ai-tools", ai],
  ["ai-tool-used", ai],
  ["ai-tools-used", ai],
  ["agent-id", ai],
  ["agent-signature", ai],
  ["claude-generated-by", ai],
]);

/** Keys of a log as well: within a line, or indented, they show whose another commit is. */
export const logKeys: ReadonlySet<string> = new Set(["author", "authors"]);

const mention: AttributionKey = { asks: "person", strength: "weak" };

/** Keys that a stamp may have: behind them every agent can be named so that it is known. */
export const stampKeys: ReadonlySet<string> = new Set(
  [...attributionKeys].flatMap(([key, { asks }]) => (asks === "tool" || asks === "generator" ? [key] : [])),
);

/** The key's meaning; an agent that reviewed, tested or reported did not make the change. */
export function findAttributionKey(key: string): AttributionKey | undefined {
  return attributionKeys.get(key) ?? (key.endsWith("-by") || key === "cc" ? mention : undefined);
}
