import { escapeLine, type Paint, wrapText } from "@countersign/report";
import type { CheckResult } from "./check-result.ts";

type State = CheckResult["state"];

const WIDTH = 8;

/** A line for what is well; for all else what it is, why it matters and what to do. */
export function formatCheckResult(result: CheckResult, paint: Paint): readonly string[] {
  const mark = result.state.padEnd(WIDTH);
  const painted = (lines: readonly string[], label: string, colour: (text: string) => string): readonly string[] =>
    lines.map((line, index) => (index === 0 ? line.replace(label, colour(label)) : line));
  if (result.state === "ok") return painted(wrapText(mark, escapeLine(result.what)), "ok", paint.good);
  const { state, code, what, why, fix, details = [] } = result;
  const indent = " ".repeat(WIDTH);
  const colour = state === "wrong" ? paint.bad : paint.strong;
  return [
    ...painted(wrapText(mark, `${code}: ${escapeLine(what)}`), state, colour),
    ...details.flatMap((detail) => wrapText(`${indent}- `, escapeLine(detail, 300))),
    ...painted(wrapText(`${indent}why: `, escapeLine(why)), "why:", paint.dim),
    ...painted(wrapText(`${indent}fix: `, escapeLine(fix)), "fix:", paint.dim),
  ];
}

/** 0 healthy, 1 something is wrong, 2 something could not be found out. */
export function exitCodeOf(results: readonly CheckResult[]): 0 | 1 | 2 {
  const states = new Set(results.map(({ state }) => state));
  if (states.has("wrong")) return 1;
  return states.has("unclear") ? 2 : 0;
}

export function formatOutcome(results: readonly CheckResult[], paint: Paint): string {
  const count = (state: State): number => results.filter((result) => result.state === state).length;
  const parts = [
    [count("wrong"), "wrong"],
    [count("unclear"), "unclear"],
    [count("advice"), count("advice") === 1 ? "piece of advice" : "pieces of advice"],
  ] as const;
  const counted = parts.filter(([number]) => number > 0).map(([number, noun]) => `${number} ${noun}`);
  const code = exitCodeOf(results);
  const verdict =
    code === 0 ? paint.good("healthy") : paint.bad(code === 1 ? "not healthy" : "not known to be healthy");
  return `countersign: ${verdict}${counted.length === 0 ? "" : ` (${counted.join(", ")})`}`;
}

const OUTCOMES = ["healthy", "wrong", "unclear"] as const;

/** The same for programs, as plain data. Text in it is unescaped. */
export function checkResultsToJson(results: readonly CheckResult[]) {
  return { version: 1, outcome: OUTCOMES[exitCodeOf(results)], findings: results };
}
