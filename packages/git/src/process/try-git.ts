import { type ChildProcess, spawn } from "node:child_process";
import type { GitContext } from "./context.ts";
import { startFailure } from "./failure.ts";

/** How a git ended that was run as a person runs it. */
export interface GitAttempt {
  /** Undefined if it was ended before it came to one. */
  readonly status: number | undefined;
  /** Whether it took longer than it was given. */
  readonly late: boolean;
  /** The beginning of what it and the programs that it started printed, as it came. */
  readonly output: string;
}

export interface AttemptOptions {
  /** Milliseconds after which it is ended. */
  readonly limit: number;
  /** Ends it: a person gave up. */
  readonly signal?: AbortSignal;
}

const OUTPUT_KEPT = 256 * 1024;
/** What a hook left running may hold the pipes open; so long is waited for the last of the output. */
const LAST_OUTPUT_MS = 500;

/**
 * Runs git with a person's own environment and settings, hooks included, and takes every end for an answer. It gets a
 * process group of its own: a hook's programs would go on without the git that waits for them.
 * @throws `GIT_NOT_STARTED`, `DIRECTORY_MISSING`.
 */
export async function tryGit(
  { cwd, env }: GitContext,
  args: readonly string[],
  { limit, signal }: AttemptOptions,
): Promise<GitAttempt> {
  const child = spawn("git", args, {
    cwd,
    env,
    stdio: ["ignore", "pipe", "pipe"],
    detached: process.platform !== "win32",
    windowsHide: true,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      if (output.length < OUTPUT_KEPT) output += text;
    });
  }
  let late = false;
  const end = (): void => killGroup(child);
  const timer = setTimeout(() => {
    late = true;
    end();
  }, limit);
  signal?.addEventListener("abort", end, { once: true });
  child.on("exit", () => {
    setTimeout(() => {
      child.stdout.destroy();
      child.stderr.destroy();
    }, LAST_OUTPUT_MS).unref();
  });
  try {
    const status = await new Promise<number | null>((resolve, reject) => {
      child.on("error", (cause) => reject(startFailure(cwd, cause)));
      child.on("close", resolve);
    });
    return { status: status ?? undefined, late, output };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", end);
  }
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(process.platform === "win32" ? child.pid : -child.pid, "SIGKILL");
  } catch {
    // It ended by itself.
  }
}
