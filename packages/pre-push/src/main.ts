import { type HookAnswer, type HookCall, runHook } from "@countersign/git/internal";
import { escapeLine, formatDecision, formatMessage, PLAIN, wrapLines } from "@countersign/report";
import { prePush } from "./pre-push.ts";

/** Runs the hook as the main program of this process. */
export function main(): void {
  runHook({
    answer,
    explain: (fault) => ["countersign: cannot decide, so the push is refused", ...formatMessage(fault, PLAIN)],
    fit: (lines, columns) => (columns ? wrapLines(lines, columns) : lines),
  });
}

async function answer({ args, cwd, env, readStdin }: HookCall): Promise<HookAnswer> {
  const [remote = "", url = "", ...options] = args;
  const handsOn = options.includes("--stdin-handed-on");
  const { decision, notices } = await prePush({ remote, url, stdin: await readStdin(), handsOn, cwd, env });
  const beside = notices.map((notice) => `countersign: ${escapeLine(notice)}`);
  return { outcome: decision.outcome, lines: [...formatDecision(decision, PLAIN), ...beside] };
}
