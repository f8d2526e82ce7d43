import { CountersignError } from "@countersign/core";
import {
  type Advice,
  explainAdvice,
  formatProblem,
  type Message,
  messageOf,
  type PlacedProblem,
} from "@countersign/core/internal";
import { escapeLine, escapeText } from "../text/escape.ts";
import { type Paint, PLAIN } from "../text/paint.ts";
import { wrapText } from "../text/wrap.ts";

/** What was found in a policy file. */
export interface PolicyCheck {
  /** How the file is named. */
  readonly source: string;
  readonly problems: readonly PlacedProblem[];
  /** For a file without problems. `line` counts from 1. */
  readonly advice: readonly (Advice & { readonly line: number })[];
}

/** What a person reads of a checked policy: every problem, or every piece of advice on a sound one. */
export function formatPolicyCheck({ source, problems, advice }: PolicyCheck, paint: Paint = PLAIN): readonly string[] {
  const name = escapeText(source);
  if (problems.length > 0) {
    const { why, fix } = malformed(source, problems);
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    const lines = problems.flatMap((problem) => wrapText("  - ", escapeLine(formatProblem(problem))));
    return [`countersign: ${name} ${paint.bad(`has ${count}`)}`, ...lines, ...formatAdvised({ why, fix }, paint)];
  }
  const shown =
    advice.length === 0 ? "" : `; ${advice.length === 1 ? "1 thing" : `${advice.length} things`} to look at`;
  return [
    `countersign: ${name} is ${paint.good("sound")}${shown}`,
    ...advice.flatMap((found) => {
      const message = explainAdvice(found);
      const what = wrapText("  ", escapeLine(message.what));
      return ["", `${paint.strong(found.code)}, line ${found.line}:`, ...what, ...formatAdvised(message, paint)];
    }),
  ];
}

/** The same for programs, as plain data. Text in it is lossless and unescaped. */
export function policyCheckToJson({ source, problems, advice }: PolicyCheck): Readonly<Record<string, unknown>> {
  const { why, fix } = malformed(source, problems);
  return {
    version: 1,
    outcome: problems.length > 0 ? "broken" : "sound",
    source,
    problems: problems.map(({ line, text }) => ({ code: "POLICY_MALFORMED", line, what: text, why, fix })),
    advice: advice.map((found) => {
      const { code, line, path } = found;
      return { code, line, path, ...messageOf(explainAdvice(found)) };
    }),
  };
}

function malformed(source: string, problems: readonly PlacedProblem[]): Message {
  return new CountersignError("POLICY_MALFORMED", { source, problems: problems.map(formatProblem) });
}

function formatAdvised({ why, fix }: Pick<Message, "why" | "fix">, paint: Paint): readonly string[] {
  const dim = (lines: readonly string[], label: string): readonly string[] =>
    lines.map((line, index) => (index === 0 ? line.replace(label, paint.dim(label)) : line));
  return [...dim(wrapText("  why: ", escapeLine(why)), "why:"), ...dim(wrapText("  fix: ", escapeLine(fix)), "fix:")];
}
