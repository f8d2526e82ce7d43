import type { Decision } from "@countersign/core";
import { formatJson } from "../text/json-text.ts";
import type { Paint } from "../text/paint.ts";
import { decisionToJson } from "./decision-json.ts";

/** How a decision is reported. The forms for programs are always whole. */
export interface ReportOptions {
  /** The version of the program that reports. */
  readonly version: string;
  readonly paint: Paint;
  /** No text where the decision is to allow. */
  readonly quiet: boolean;
  /** Text with every commit that was judged by itself. */
  readonly verbose: boolean;
}

type Report = (decision: Decision, options: ReportOptions) => string;

/** The forms that a decision is reported in, each loaded when it is asked for. A new one is its file and its line here. */
const REPORTS = {
  text: async () => asLines((await import("./check-text.ts")).formatCheck),
  json: async () => asJson(decisionToJson),
  sarif: async () => asJson((await import("./sarif.ts")).decisionToSarif),
  github: async () => asLines((await import("./github.ts")).formatGithub),
  gitlab: async () => asJson((await import("./gitlab.ts")).decisionToGitlab),
  junit: async () => (await import("./junit.ts")).formatJunit,
  markdown: async () => (await import("./markdown.ts")).formatMarkdown,
} satisfies Readonly<Record<string, () => Promise<Report>>>;

export type ReportFormat = keyof typeof REPORTS;

export const REPORT_FORMATS = Object.keys(REPORTS) as readonly ReportFormat[];

/** A decision in one form, ready to be written. */
export async function formatReport(format: ReportFormat, decision: Decision, options: ReportOptions): Promise<string> {
  const report = await REPORTS[format]();
  return report(decision, options);
}

function asJson(toData: (decision: Decision, options: ReportOptions) => unknown): Report {
  return (decision, options) => `${formatJson(toData(decision, options), 2)}\n`;
}

function asLines(toLines: (decision: Decision, options: ReportOptions) => readonly string[]): Report {
  return (decision, options) =>
    toLines(decision, options)
      .map((line) => `${line}\n`)
      .join("");
}
