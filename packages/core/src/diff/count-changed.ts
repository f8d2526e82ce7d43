import type { LineCount } from "../object/change.ts";
import { diffLines } from "./diff-lines.ts";
import type { Effort } from "./effort.ts";
import { countLines } from "./numbered-lines.ts";

/** How many lines come and go between two texts. Where they cannot be compared all of them count. */
export function countChanged(before: Uint8Array, after: Uint8Array, all: Effort): LineCount {
  const { hunks } = all.one((effort) => diffLines(before, after, effort));
  if (!hunks) return { added: countLines(after), deleted: countLines(before) };
  return hunks.reduce((sum, { added, removed }) => ({ added: sum.added + added, deleted: sum.deleted + removed }), {
    added: 0,
    deleted: 0,
  });
}
