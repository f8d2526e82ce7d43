import { readFileSync } from "node:fs";
import type { CountersignError } from "@countersign/core";
import { asFault, EXIT_CODES, type Outcome } from "@countersign/core/internal";
import { currentDirectory } from "./current-directory.ts";

/** What git calls a hook with. */
export interface HookCall {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** What git writes to it. */
  readonly readStdin: () => Promise<string>;
}

/** What a hook has to say. Anything but `allow` stops git. */
export interface HookAnswer {
  readonly outcome: Outcome;
  readonly lines: readonly string[];
}

/** A program that git calls. */
export interface Hook {
  readonly answer: (call: HookCall) => Promise<HookAnswer>;
  /** What is said where it could not come to an answer. */
  readonly explain: (fault: CountersignError) => readonly string[];
  /** Fits the lines to a terminal of so many columns; undefined if nobody reads them on one. */
  readonly fit: (lines: readonly string[], columns: number | undefined) => readonly string[];
}

/** Runs a hook as the main program of this process. */
export function runHook({ answer, explain, fit }: Hook): void {
  const end = ({ outcome, lines }: HookAnswer): void => {
    if (lines.length > 0) sayLines(fit(lines, process.stderr.columns));
    process.exitCode = EXIT_CODES[outcome];
  };
  const fail = (error: unknown): void => end({ outcome: "undecided", lines: explain(asFault(error)) });

  // Whatever ends this process early, a promise that never settles included, ends it as "could not decide".
  process.exitCode = EXIT_CODES.undecided;
  process.on("uncaughtException", fail);

  const { env } = process;
  const start = async (): Promise<HookAnswer> =>
    answer({ args: process.argv.slice(2), cwd: currentDirectory(process), env, readStdin });
  start().then(end).catch(fail);
}

/** Read at once: a stream costs several milliseconds to set up. Only a descriptor that does not block needs one. */
async function readStdin(): Promise<string> {
  try {
    return readFileSync(0, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString("utf8");
  }
}

/**
 * Says lines to the person who runs git. A reader that went away must turn neither a refusal into a crash nor a crash into
 * a pass. To open the stream takes longer than most hooks work, so that it stays closed where there is nothing to say.
 */
function sayLines(lines: readonly string[]): void {
  const { stderr } = process;
  if (stderr.listenerCount("error") === 0) stderr.on("error", () => {});
  stderr.write(`${lines.join("\n")}\n`);
}
