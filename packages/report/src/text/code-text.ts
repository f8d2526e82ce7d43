import { CODES, type Code, type ExplainedCode, explainCode } from "@countersign/core";
import { type Paint, PLAIN } from "./paint.ts";
import { formatMessage } from "./words-text.ts";

const KINDS = {
  violation: "a broken rule: the push or check is refused with exit code 1",
  fault: "no decision was reached: the program ends with exit code 2, and a push is refused",
};

/** The page of a code: what it means, and a message with why and what to do. */
export function formatCode(code: Code, paint: Paint = PLAIN): readonly string[] {
  const { kind, means, example } = explainCode(code);
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
  const width = Math.max(...CODES.map((code) => code.length));
  const list = (wanted: ExplainedCode["kind"]): readonly string[] =>
    CODES.map(explainCode)
      .filter(({ kind }) => kind === wanted)
      .map(({ code, means }) => `${paint.strong(code.padEnd(width))}  ${means}`);
  return ["Broken rules (exit code 1):", ...list("violation"), "", "No decision (exit code 2):", ...list("fault")];
}
