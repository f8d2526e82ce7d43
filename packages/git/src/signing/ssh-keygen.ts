import { type ChildProcess, spawn } from "node:child_process";
import { CountersignError } from "@countersign/core";

/** A program that signs as `ssh-keygen -Y sign` does, and how it is run. */
export interface KeygenContext {
  /** `ssh-keygen`, or git's `gpg.ssh.program`. */
  readonly program: string;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Ends the program: a person gave up. */
  readonly signal?: AbortSignal;
}

/** What a run printed, and how it ended. */
export interface KeygenRun {
  readonly ok: boolean;
  /** How it ended, for a person. */
  readonly end: string;
  /** Whether a Ctrl-C at the terminal ended it. */
  readonly interrupted: boolean;
  readonly output: string;
}

/**
 * The one door to ssh-keygen. With `terminal` it talks with the person itself: it asks for a passphrase or a touch, and
 * says on its own what went wrong. Data never comes by its standard input, where it would look for a passphrase.
 */
export function runSshKeygen(
  { program, cwd, env, signal }: KeygenContext,
  args: readonly string[],
  { terminal }: { readonly terminal: boolean },
): Promise<KeygenRun> {
  const child = spawn(program, args, {
    cwd,
    env,
    stdio: terminal ? ["inherit", "pipe", "inherit"] : ["ignore", "pipe", "pipe"],
    windowsHide: true,
  });
  const stop = (): void => endChild(child);
  if (signal?.aborted) stop();
  signal?.addEventListener("abort", stop, { once: true });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      if (output.length < OUTPUT_KEPT) output += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.on("error", (cause) => {
      reject(new CountersignError("SIGNING_FAILED", { program, end: `it could not be started: ${cause.message}` }));
    });
    child.on("close", (status, killed) => {
      signal?.removeEventListener("abort", stop);
      const end = killed === null ? `it ended with status ${status}` : `it was ended by ${killed}`;
      resolve({ ok: status === 0, end, interrupted: killed === "SIGINT", output });
    });
  });
}

const OUTPUT_KEPT = 64 * 1024;

const PATIENCE_MS = 2000;

/**
 * Asks the program to end until it does. ssh-keygen passes over a signal that comes just before it waits for the
 * passphrase; killed outright it would leave the terminal without an echo, so that is the last resort.
 */
function endChild(child: ChildProcess): void {
  const began = Date.now();
  child.kill("SIGTERM");
  const again = setInterval(() => child.kill(Date.now() - began > PATIENCE_MS ? "SIGKILL" : "SIGTERM"), 100);
  child.once("close", () => clearInterval(again));
}
