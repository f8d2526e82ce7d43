import { recordHookEvent } from "@countersign/capture";
import { isCountersignError } from "@countersign/core";
import { type ExitCode, readHookEvent } from "@countersign/core/internal";
import { escapeLine } from "@countersign/report";
import { type Input, type ProcessContext, print, printLines } from "../context.ts";

export interface MarkOptions {
  /** `true` where the option has no value. */
  readonly agent?: string | true;
  readonly verbose?: boolean;
}

/** A payload holds a file's old and new contents at most. */
const MOST_BYTES = 32 * 1024 * 1024;
/** An agent that does not close its end would otherwise wait for us, and we for it. */
const LONGEST_WAIT = 5000;

/**
 * Keeps what an agent's hook gets on standard input. Ends well whatever happens, and prints nothing but what the agent
 * reads: many agents take another end for a veto.
 */
export async function mark(
  { cwd, env, openStdin, stdout, stderr }: ProcessContext,
  options: MarkOptions,
): Promise<ExitCode> {
  const lines: string[] = [];
  try {
    const payload = await readInput(openStdin());
    const source = { variables: env, ...(typeof options.agent === "string" ? { agent: options.agent } : {}) };
    const { event, problem, reply } = readHookEvent(payload ?? new Uint8Array(), source);
    // Before the work: the agent can go on.
    if (reply !== undefined) await print(stdout, `${reply}\n`);
    if (payload === undefined) lines.push(`nothing marked: standard input holds more than ${MOST_BYTES} bytes`);
    else if (problem !== undefined) lines.push(`nothing marked: ${problem}`);
    if (event) {
      const { marked, skipped } = await recordHookEvent(event, { cwd, env });
      lines.push(...marked.map((path) => `marked ${path} as written by ${event.agent}`));
      lines.push(...skipped.map(({ path, why }) => `not marked: ${path} ${why}`));
      if (lines.length === 0) lines.push(`nothing to mark ${event.phase} this event of ${event.agent}`);
    }
  } catch (error) {
    lines.push(`nothing marked: ${isCountersignError(error) ? error.what : String(error)}`);
  }
  if (options.verbose || isSet(env["COUNTERSIGN_DEBUG"])) {
    await printLines(
      stderr,
      lines.map((line) => `countersign mark: ${escapeLine(line)}`),
    );
  }
  return 0;
}

/** All of standard input, or what of it came in time; undefined if it is too much. */
function readInput(input: Input): Promise<Uint8Array | undefined> {
  if (input.isTTY) return Promise.resolve(new Uint8Array());
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = (payload: Uint8Array | undefined): void => {
      clearTimeout(timer);
      input.removeAllListeners("data").destroy();
      resolve(payload);
    };
    const timer = setTimeout(() => finish(Buffer.concat(chunks)), LONGEST_WAIT);
    input.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > MOST_BYTES) finish(undefined);
    });
    input.on("end", () => finish(Buffer.concat(chunks)));
    input.on("error", () => finish(Buffer.concat(chunks)));
  });
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && !["", "0", "false", "no", "off"].includes(value.toLowerCase());
}
