import type { Decision } from "@countersign/core";
import { type Finding, findingsOf, linesOfFinding } from "./finding.ts";

/** GitHub shows no more annotations of one step, and does not say so. */
const SHOWN = 10;

/** A decision as workflow commands of GitHub Actions, a line each: they become annotations of the run and its files. */
export function formatGithub(decision: Decision): readonly string[] {
  const findings = findingsOf(decision);
  if (findings.length <= SHOWN) return findings.map(annotate);
  const [first, ...others] = findings.slice(SHOWN - 1);
  const level = others.some((finding) => finding.level === "error") ? "error" : (first?.level ?? "error");
  const more = `and ${others.length + 1} more, which the summary of this run lists`;
  return [...findings.slice(0, SHOWN - 1).map(annotate), command(level, { title: "countersign" }, more)];
}

function annotate(finding: Finding): string {
  const { level, code, file } = finding;
  return command(level, { file, line: "1", title: code }, linesOfFinding(finding).join("\n"));
}

function command(name: string, properties: Readonly<Record<string, string>>, message: string): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)}`);
  return `::${name} ${list.join(",")}::${escapeData(message)}`;
}

/** What the runner takes back: a line end would begin a command of its own. */
function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
