import type { Decision } from "@countersign/core";
import {
  decisionToGitlab,
  decisionToJson,
  decisionToSarif,
  formatDecision,
  formatGithub,
  formatJson,
  formatJudged,
  formatJunit,
  formatMarkdown,
  type Paint,
} from "@countersign/report";
import { VERSION } from "../version.ts";
import type { Format } from "./format-names.ts";

/** How the text for people is written; the other forms are always whole. */
export interface TextOptions {
  readonly paint: Paint;
  /** Nothing where the decision is to allow. */
  readonly quiet: boolean;
  /** With every commit that was judged by itself. */
  readonly verbose: boolean;
}

/** A decision in one form, ready to be written. */
export function formatAs(format: Format, decision: Decision, text: TextOptions): string {
  switch (format) {
    case "text":
      return joinLines(text.quiet && decision.outcome === "allow" ? [] : describe(decision, text));
    case "json":
      return toText(decisionToJson(decision));
    case "sarif":
      return toText(decisionToSarif(decision, VERSION));
    case "github":
      return joinLines(formatGithub(decision));
    case "gitlab":
      return toText(decisionToGitlab(decision));
    case "junit":
      return formatJunit(decision);
    case "markdown":
      return formatMarkdown(decision);
  }
}

function describe(decision: Decision, { paint, verbose }: TextOptions): readonly string[] {
  const told = formatDecision(decision, paint);
  const lines = told.length > 0 ? told : [describeAllowed(decision, paint)];
  const judged = verbose ? formatJudged(decision, paint) : [];
  return judged.length > 0 ? [...lines, "", "judged:", ...judged.map((line) => `  ${line}`)] : lines;
}

/** A person who asks wants an answer even where a hook would be silent. */
function describeAllowed({ updates: [verdict] }: Decision, paint: Paint): string {
  const why =
    verdict?.branch === undefined
      ? "the policy does not protect this branch"
      : `${verdict.commits} new, none AI-assisted`;
  return `countersign: ${paint.good("allowed")} (${why})`;
}

function toText(json: unknown): string {
  return `${formatJson(json, 2)}\n`;
}

function joinLines(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}
