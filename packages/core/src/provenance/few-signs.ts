import { decodeText, encodeText } from "../bytes.ts";
import type { Evidence, Provenance } from "./provenance.ts";

/** No report shows more of one commit, but for signs of another agent, kind or weight. */
const SIGNS = 50;
const LONGEST_TEXT = 1000;

/**
 * What is worth keeping of a provenance once it is known: a message can hold tens of thousands of signs, and a push
 * thousands of such messages. One sign of each sort is kept always, so that weighing them again gives the same.
 */
export function withFewSigns(provenance: Provenance): Provenance {
  const { evidence } = provenance;
  if (evidence.length === 0) return provenance;
  const sorts = new Set<string>();
  const kept: Evidence[] = [];
  for (const sign of evidence) {
    const sort = `${sign.agent} ${sign.kind} ${sign.strength} ${sign.class}`;
    if (kept.length < SIGNS || !sorts.has(sort)) kept.push(withOwnText(sign));
    sorts.add(sort);
  }
  return { ...provenance, evidence: kept };
}

/** A part of a longer text keeps all of it in memory. */
function withOwnText(sign: Evidence): Evidence {
  const { text, model } = sign;
  const own = { ...sign, text: copyOf(text) };
  return model === undefined ? own : { ...own, model: copyOf(model) };
}

function copyOf(text: string): string {
  return decodeText(encodeText(text.slice(0, LONGEST_TEXT)));
}
