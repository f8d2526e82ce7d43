import { CODES } from "@countersign/core";
import type { ExplainedCode } from "@countersign/core/internal";
import { formatMessage } from "./message-text.ts";
import { type Paint, PLAIN } from "./paint.ts";

type Kind = ExplainedCode["kind"];

const KINDS: Readonly<Record<Kind, string>> = {
  violation: "a broken rule: the push or check is refused with exit code 1",
  notice: "a notice about work that lands: nothing is refused for it",
  fault: "no decision was reached: the program ends with exit code 2, and a push is refused",
  advice: "advice on a sound policy: nothing is refused for it",
  doctor: "a finding of `countersign doctor`",
};

const HEADINGS: Readonly<Record<Kind, string>> = {
  violation: "Broken rules (exit code 1):",
  notice: "Notices (exit code 0):",
  fault: "No decision (exit code 2):",
  advice: "Advice on a policy (policy check):",
  doctor: "Findings (doctor):",
};

/** The page of a code: what it means, and a message with why and what to do. */
export function formatCode({ code, kind, means, example }: ExplainedCode, paint: Paint = PLAIN): readonly string[] {
  return [
    `${paint.strong(code)}, ${KINDS[kind]}`,
    "",
    means,
    "",
    paint.dim("For example:"),
    ...formatMessage({ code, ...example }, paint).map((line) => `  ${line}`),
  ];
}

/** Every code with its meaning, a line each. */
export function formatCodes(paint: Paint = PLAIN): readonly string[] {
  const width = Math.max(...CODES.map(({ code }) => code.length));
  return (["violation", "notice", "fault", "advice", "doctor"] as const).flatMap((kind, index) => [
    ...(index === 0 ? [] : [""]),
    HEADINGS[kind],
    ...CODES.filter((explained) => explained.kind === kind).map(
      ({ code, means }) => `${paint.strong(code.padEnd(width))}  ${means}`,
    ),
  ]);
}
