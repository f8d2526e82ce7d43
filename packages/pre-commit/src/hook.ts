import { asFault } from "@countersign/core/internal";
import { currentDirectory, sayLines } from "@countersign/git/internal";
import { formatMessage, PLAIN } from "@countersign/report";

/** What git calls a commit hook with. */
export interface HookCall {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** What a hook has to say, and whether the commit must stop. */
export interface HookAnswer {
  readonly stop: boolean;
  readonly lines: readonly string[];
}

export const SILENT: HookAnswer = { stop: false, lines: [] };

/** Anything but 0 makes git abandon the commit and keep what was written so far. */
const EXIT = { passed: 0, stopped: 1, failed: 2 } as const;

/** Runs a hook as the main program of this process: 0 lets the commit go on, 1 stops it, 2 is a failure of ours. */
export function runHook(hook: (call: HookCall) => Promise<HookAnswer>): void {
  // Whatever ends this process early, a promise that never settles included, is a failure.
  process.exitCode = EXIT.failed;
  process.on("uncaughtException", fail);
  void answer(hook);
}

async function answer(hook: (call: HookCall) => Promise<HookAnswer>): Promise<void> {
  try {
    const call = { args: process.argv.slice(2), cwd: currentDirectory(process), env: process.env };
    const { stop, lines } = await hook(call);
    sayLines(process, lines);
    process.exitCode = stop ? EXIT.stopped : EXIT.passed;
  } catch (error) {
    fail(error);
  }
}

function fail(error: unknown): void {
  sayLines(process, [
    "countersign: the commit is stopped; its message is kept",
    ...formatMessage(asFault(error), PLAIN),
  ]);
  process.exitCode = EXIT.failed;
}
