import type { CommitVerdict } from "@countersign/core";
import type { NewTrailer } from "@countersign/git/internal";

const KEY = "Assisted-by";

/**
 * The marks that a commit gets when it is rewritten: agents that only a recorder's note names. Such a note hangs on
 * the commit's id and stays behind with the old one, and no sign of an agent may be lost by co-signing.
 */
export function findKeptMarks({ provenance: { evidence } }: CommitVerdict): readonly NewTrailer[] {
  const strong = evidence.filter(({ strength }) => strength === "strong");
  const marked = new Set(strong.filter(({ kind }) => kind !== "note").map(({ agent }) => agent));
  const marks: NewTrailer[] = [];
  for (const { agent, model } of strong) {
    if (marked.has(agent)) continue;
    marked.add(agent);
    const name = agent === "unknown" ? "AI" : agent;
    const plain = model !== undefined && /^[\w.+/-]+$/.test(model) && agent !== "unknown";
    marks.push({ key: KEY, lines: [Buffer.from(plain ? `${name}:${model}` : name)] });
  }
  return marks;
}
