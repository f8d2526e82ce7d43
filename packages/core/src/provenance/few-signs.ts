import { decodeText, encodeText } from "../bytes.ts";
import type { Evidence } from "./provenance.ts";

/** No report shows more of one commit, but for signs of another agent, kind or weight. */
const SIGNS = 50;
const LONGEST_TEXT = 1000;

/**
 * The signs that are worth keeping: a message can hold tens of thousands, and a push thousands of such messages. One of each
 * sort is kept always, so that weighing the few gives the same as weighing all.
 */
export function fewSigns(evidence: Iterable<Evidence>): readonly Evidence[] {
  const sorts = new Set<string>();
  const kept: Evidence[] = [];
  for (const sign of evidence) {
    const sort = `${sign.agent} ${sign.kind} ${sign.strength} ${sign.class}`;
    if (kept.length < SIGNS || !sorts.has(sort)) kept.push(withOwnText(sign));
    sorts.add(sort);
  }
  return kept;
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
