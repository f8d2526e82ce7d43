import { type HookAnswer, type HookCall, runHook } from "@countersign/git/internal";
import { formatMessage, PLAIN } from "@countersign/report";
import { preReceive } from "./pre-receive.ts";
import { reportLines } from "./report-lines.ts";
import { wrapForRemote } from "./wrap-for-remote.ts";

/** Runs the hook as the main program of this process. */
export function main(): void {
  runHook({
    answer,
    explain: (fault) =>
      wrapForRemote(["countersign: cannot decide, so the push is refused", ...formatMessage(fault, PLAIN)]),
  });
}

async function answer({ cwd, env, readStdin }: HookCall): Promise<HookAnswer> {
  const received = await preReceive({ stdin: await readStdin(), cwd, env });
  return { outcome: received.outcome, lines: wrapForRemote(reportLines(received)) };
}
