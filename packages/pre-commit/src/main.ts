import { type Hook, type HookAnswer, runHook } from "@countersign/git/internal";
import { formatMessage, PLAIN, wrapLines } from "@countersign/report";

/** Runs one of the hooks as the main program of this process. git keeps what was written so far where it stops. */
export function main(answer: Hook["answer"]): void {
  runHook({
    answer,
    explain: (fault) => ["countersign: the commit is stopped; its message is kept", ...formatMessage(fault, PLAIN)],
    fit: (lines, columns) => (columns ? wrapLines(lines, columns) : lines),
  });
}

export const SILENT: HookAnswer = { outcome: "allow", lines: [] };
