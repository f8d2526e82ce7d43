import { type HookAnswer, type HookCall, runHook } from "@countersign/git/internal";
import { formatMessage, PLAIN, wrapLines } from "@countersign/report";
import { preReceive } from "./pre-receive.ts";
import { reportLines } from "./report-lines.ts";

/** git shows what a server's hook says behind `remote: `, and 80 columns are on every terminal. */
const WIDTH = 72;

/** Runs the hook as the main program of this process. */
export function main(): void {
  runHook({
    answer,
    explain: (fault) => ["countersign: cannot decide, so the push is refused", ...formatMessage(fault, PLAIN)],
    fit: (lines) => wrapLines(lines, WIDTH),
  });
}

async function answer({ cwd, env, readStdin }: HookCall): Promise<HookAnswer> {
  const received = await preReceive({ stdin: await readStdin(), cwd, env });
  return { outcome: received.outcome, lines: reportLines(received) };
}
