import type { PolicyInForce } from "../policy/in-force.ts";
import type { PolicyComparison } from "../replay/compare-policies.ts";
import type { ComparedPolicies } from "./comparison-text.ts";

/** The JSON of a comparison, version 1, as plain data. Text in it is lossless and unescaped: it is for programs. */
export function comparisonToJson(
  { commits, flips }: PolicyComparison,
  { before, after }: ComparedPolicies,
  branch: string,
) {
  return {
    version: 1,
    branch,
    before: placeOf(before),
    after: placeOf(after),
    commits,
    flips: flips.map((flip) => ({
      commit: flip.commit,
      subject: flip.subject,
      before: flip.before,
      after: flip.after,
      because: flip.because.map(({ kind, name, change }) => ({ kind, name, change })),
    })),
  };
}

function placeOf({ ref, commit, entry }: PolicyInForce) {
  return { ref, oid: commit ?? null, path: entry.path };
}
