import type { Decision } from "@countersign/core";
import { describeSpot } from "@countersign/core/internal";
import { escapeText } from "../text/escape.ts";
import type { Paint } from "../text/paint.ts";
import { formatDecision, nameCommit } from "./decision-text.ts";

/** What a person who asks reads of a decision: an answer even where a hook would be silent. */
export function formatCheck(
  decision: Decision,
  { paint, quiet, verbose }: { readonly paint: Paint; readonly quiet: boolean; readonly verbose: boolean },
): readonly string[] {
  if (quiet && decision.outcome === "allow") return [];
  const shown = formatDecision(decision, paint);
  const lines = shown.length > 0 ? shown : [describeAllowed(decision, paint)];
  const judged = verbose ? formatJudged(decision, paint) : [];
  return judged.length > 0 ? [...lines, "", "judged:", ...judged.map((line) => `  ${line}`)] : lines;
}

function describeAllowed({ updates: [verdict] }: Decision, paint: Paint): string {
  const why =
    verdict?.branch === undefined
      ? "the policy does not protect this branch"
      : `${verdict.commits} new, none AI-assisted`;
  return `countersign: ${paint.good("allowed")} (${why})`;
}

/** Every commit that was judged by itself, with its co-signs and what became of each: for those who want to see it all. */
function formatJudged({ updates }: Decision, paint: Paint): readonly string[] {
  return updates.flatMap(({ judged }) =>
    judged.flatMap((verdict) => {
      const { provenance, cosigns, violations } = verdict;
      const agents = provenance.agents.map((agent) => escapeText(agent, 40)).join(", ");
      const state = agents === "" ? provenance.state : `${provenance.state} (${agents})`;
      const passes = violations.length === 0 ? paint.good("passes") : paint.bad("does not pass");
      const signs = cosigns.map(
        ({ email, where, proof, emergency, refused }) =>
          `  co-sign of ${escapeText(email)} ${describeSpot(where)}, ${proof}${emergency ? ", for an emergency" : ""}: ${refused?.code ?? "counts"}`,
      );
      const name = nameCommit(verdict.commit, verdict);
      return [`${name}: ${state}, ${passes}`, ...(signs.length > 0 ? signs : ["  no co-sign"])];
    }),
  );
}
