import { findAgentSession } from "@countersign/capture";
import { CountersignError } from "@countersign/core";
import { isUnset } from "@countersign/core/internal";
import type { CommandContext, Input, Output } from "../context.ts";
import { Stopped } from "../interruption.ts";

/** The terminal that a person sits at. */
export interface Terminal {
  readonly input: Input;
  readonly output: Output;
}

/**
 * Makes sure, as far as it can be, that a person is there.
 * @throws `AGENT_SESSION`, `TERMINAL_MISSING`.
 */
export function openTerminal({ env, openStdin, stdout, stderr }: CommandContext): Terminal {
  const session = findAgentSession(env);
  if (session) throw new CountersignError("AGENT_SESSION", session);
  const input = openStdin();
  const missing = Object.entries({ "standard input": input, "standard output": stdout, "standard error": stderr })
    .filter(([, stream]) => !stream.isTTY)
    .map(([name]) => name);
  if (missing.length > 0) {
    throw new CountersignError("TERMINAL_MISSING", {
      missing: `${missing.join(" and ")} ${missing.length === 1 ? "is" : "are"} redirected`,
    });
  }
  // Build servers that lend a terminal say so.
  if (!isUnset(env["CI"])) {
    throw new CountersignError("TERMINAL_MISSING", {
      missing: "the variable CI is set, so this is not a person's terminal",
    });
  }
  return { input, output: stdout };
}

/** What a person types, without blanks around it. @throws `Stopped` on Ctrl-C. */
export async function ask({ input, output }: Terminal, message: string, signal: AbortSignal): Promise<string> {
  // Loaded here alone: no other command talks with anyone.
  const { isCancel, text } = await import("@clack/prompts");
  if (signal.aborted) throw new Stopped("interrupted");
  // Its own signal: the prompt would act upon one that comes long after the answer.
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  signal.addEventListener("abort", abort, { once: true });
  const answer = await text({ message, input, output, signal: stop.signal, withGuide: false });
  signal.removeEventListener("abort", abort);
  if (isCancel(answer)) throw new Stopped("cancelled");
  return (answer ?? "").trim();
}
