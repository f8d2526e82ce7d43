import type { Change } from "../../object/change.ts";
import type { Condition } from "./condition.ts";

/** At least one of them; where both are set, a commit has to exceed both. */
export interface ChangeLimits {
  readonly files?: number | undefined;
  readonly lines?: number | undefined;
}

export const changes: Condition<ChangeLimits, ChangeLimits> = {
  description: "Applies to commits that change more files, or add and delete more lines, than this.",
  field: ({ fields, Limit, optional }) => fields({ files: optional(Limit), lines: optional(Limit) }),
  flawOf: ({ files, lines }) =>
    files === undefined && lines === undefined ? "sets no limit; give it files or lines" : undefined,
  normalise: ({ files, lines }) => ({ files, lines }),
  holds: ({ files, lines }, commit) =>
    (files === undefined || commit.changes.length > files) &&
    (lines === undefined || countLines(commit.changes) > lines),
  countsLines: ({ lines }) => lines !== undefined,
  narrows: ({ files, lines }, wider) => reaches(files, wider.files) && reaches(lines, wider.lines),
};

function countLines(changes: readonly Change[]): number {
  let total = 0;
  for (const { lines } of changes) {
    // Guessing here could let a rule pass by; a caller that forgot to count must hear of it.
    if (lines === undefined) throw new TypeError("a rule counts lines, but the changes were read without them");
    total += lines.added + lines.deleted;
  }
  return total;
}

/** Whether what exceeds the limit exceeds the other one as well. */
function reaches(limit: number | undefined, other: number | undefined): boolean {
  return other === undefined || (limit ?? -1) >= other;
}
