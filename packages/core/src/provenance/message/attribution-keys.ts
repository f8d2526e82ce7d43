import type { AssistanceClass, EvidenceStrength } from "../provenance.ts";

/** What a trailer key asks for. */
export interface AttributionKey {
  /**
   * `tool`: names what helped, so a name is enough. `person`: names people, so an address or a full product
   * name is needed. `ai`: speaks of AI itself, so that `true` is an answer too.
   */
  readonly asks: "tool" | "person" | "ai";
  readonly strength: EvidenceStrength;
  readonly class?: AssistanceClass;
}

const strong = { strength: "strong" } as const;
const tool: AttributionKey = { asks: "tool", ...strong };
const person: AttributionKey = { asks: "person", ...strong };
const ai: AttributionKey = { asks: "ai", ...strong };

/** Keys that say who made a change, in lower case. What stands behind them decides, never the key alone. */
export const attributionKeys: ReadonlyMap<string, AttributionKey> = new Map([
  ["assisted-by", tool],
  ["generated-by", tool],
  ["aided-by", tool],
  ["commit-generated-by", tool],
  ["synthesized-by", tool],
  ["co-authored-by", person],
  ["co-author", person],
  ["co-developed-by", person],
  ["authored-by", person],
  ["written-by", person],
  ["created-by", person],
  ["implemented-by", person],
  ["made-by", person],
  ["helped-by", person],
  // An agent cannot sign off, but where it did, it took part.
  ["signed-off-by", person],
  ["suggested-by", { asks: "person", ...strong, class: "suggestion" }],
  ["ai-assisted", ai],
  ["ai-assisted-by", ai],
  ["ai-generated", ai],
  ["ai-generated-by", ai],
  ["ai-co-authored-by", ai],
  ["ai-agent", ai],
  ["ai-assistant", ai],
  ["ai-model", ai],
  ["ai-tool", ai],
  ["ai-tools", ai],
  ["agent-id", ai],
  ["agent-signature", ai],
  ["claude-generated-by", ai],
]);

const mention: AttributionKey = { asks: "person", strength: "weak" };

/** Keys that a stamp may have: behind them every agent's name is enough to be known. */
export const stampKeys: ReadonlySet<string> = new Set(
  [...attributionKeys].flatMap(([key, { asks }]) => (asks === "tool" ? [key] : [])),
);

/** The key's meaning; an agent that reviewed, tested or reported did not make the change. */
export function findAttributionKey(key: string): AttributionKey | undefined {
  return attributionKeys.get(key) ?? (key.endsWith("-by") || key === "cc" ? mention : undefined);
}
