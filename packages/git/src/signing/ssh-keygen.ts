import { spawn } from "node:child_process";
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
    ...(signal ? { signal } : {}),
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      if (output.length < OUTPUT_KEPT) output += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.on("error", (cause) => {
      // An aborted child ends too, and only then is it gone.
      if (cause.name === "AbortError") return;
      reject(new CountersignError("SIGNING_FAILED", { program, end: `it could not be started: ${cause.message}` }));
    });
    child.on("close", (status, killed) => {
      const end = killed === null ? `it ended with status ${status}` : `it was ended by ${killed}`;
      resolve({ ok: status === 0, end, output });
    });
  });
}

const OUTPUT_KEPT = 64 * 1024;
