import type { PolicyComparison } from "@countersign/core/internal";
import { policyPlaceToJson } from "../policy/policy-place.ts";
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
    before: policyPlaceToJson(before),
    after: policyPlaceToJson(after),
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
