import { decodeText } from "@countersign/core/internal";
import { escapeLine, type Paint } from "@countersign/report";
import { changedLines } from "./changed-lines.ts";
import { type AgentPlan, changesAnything } from "./plan.ts";
import type { FileChange } from "./write-files.ts";

export interface PlanView {
  readonly paint: Paint;
  /** Nothing is written: what would be is shown line by line. */
  readonly dryRun: boolean;
}

/** What happens to each file of one agent. */
export function formatAgentPlan({ installer, files }: AgentPlan, { paint, dryRun }: PlanView): readonly string[] {
  const shown = files.filter((file) => file.before !== undefined || file.after !== undefined);
  const lines = shown.flatMap((file) => [
    `  ${actionOf(file, dryRun)} ${escapeLine(file.path)}`,
    ...(dryRun
      ? changesOf(file).map((line) => `    ${paintLine(escapeLine(line.replaceAll("\t", "  ")), paint)}`)
      : []),
  ]);
  return [paint.strong(installer.name), ...(lines.length === 0 ? ["  nothing to remove"] : lines)];
}

function actionOf(file: FileChange, dryRun: boolean): string {
  if (!changesAnything(file)) return "unchanged:";
  const action = file.after === undefined ? "remove" : file.before === undefined ? "write" : "change";
  const done = { remove: "removed:", write: "written:", change: "changed:" } as const;
  return dryRun ? `would ${action}:` : done[action];
}

function changesOf({ before, after }: FileChange): readonly string[] {
  return changedLines(before ? decodeText(before.bytes) : "", after ? decodeText(after.bytes) : "");
}

function paintLine(line: string, paint: Paint): string {
  return line.startsWith("+") ? paint.good(line) : paint.bad(line);
}
