import { decodeText } from "@countersign/core/internal";
import { escapeLine, type Paint } from "@countersign/report";
import { changedLines } from "../files/changed-part.ts";
import { type FileChange, isChanged, type Plan } from "../files/plan.ts";
import type { AgentPlan } from "./plan-agents.ts";

export interface PlanView {
  readonly paint: Paint;
  /** Nothing is written: what would be is shown line by line. */
  readonly dryRun: boolean;
}

/** What happens to each file of one agent. */
export function formatAgentPlan(
  { installer, paths }: AgentPlan,
  plan: Plan,
  { paint, dryRun }: PlanView,
): readonly string[] {
  const shown = paths
    .map((path) => ({ path, change: plan.change(path) }))
    .filter(({ change }) => change.before !== undefined || change.after !== undefined);
  const lines = shown.flatMap(({ path, change }) => [
    `  ${actionOf(change, dryRun)} ${escapeLine(path)}`,
    ...(dryRun
      ? linesOf(change).map((line) => `    ${paintLine(escapeLine(line.replaceAll("\t", "  ")), paint)}`)
      : []),
  ]);
  return [paint.strong(installer.name), ...(lines.length === 0 ? ["  nothing to remove"] : lines)];
}

function actionOf(change: FileChange, dryRun: boolean): string {
  if (!isChanged(change)) return "unchanged:";
  const action = change.after === undefined ? "remove" : change.before === undefined ? "write" : "change";
  const done = { remove: "removed:", write: "written:", change: "changed:" } as const;
  return dryRun ? `would ${action}:` : done[action];
}

function linesOf({ before, after }: FileChange): readonly string[] {
  return changedLines(before ? decodeText(before.bytes) : "", after ? decodeText(after.bytes) : "");
}

function paintLine(line: string, paint: Paint): string {
  return line.startsWith("+") ? paint.good(line) : paint.bad(line);
}
