import type { Decision } from "@countersign/core";
import { describeSpot } from "@countersign/core/internal";
import { escapeText } from "../text/escape.ts";
import { type Paint, PLAIN } from "../text/paint.ts";
import { nameCommit } from "./commit-name.ts";

/** Every commit that was judged by itself, with its co-signs and what became of each: for those who want to see it all. */
export function formatJudged({ updates }: Decision, paint: Paint = PLAIN): readonly string[] {
  return updates.flatMap(({ judged }) =>
    judged.flatMap((verdict) => {
      const { provenance, cosigns, violations } = verdict;
      const agents = provenance.agents.map((agent) => escapeText(agent, 40)).join(", ");
      const state = agents === "" ? provenance.state : `${provenance.state} (${agents})`;
      const passes = violations.length === 0 ? paint.good("passes") : paint.bad("does not pass");
      const signs = cosigns.map(
        ({ email, where, proof, refused }) =>
          `  co-sign of ${escapeText(email)} ${describeSpot(where)}, ${proof}: ${refused ?? "counts"}`,
      );
      const name = nameCommit(verdict.commit, verdict);
      return [`${name}: ${state}, ${passes}`, ...(signs.length > 0 ? signs : ["  no co-sign"])];
    }),
  );
}
