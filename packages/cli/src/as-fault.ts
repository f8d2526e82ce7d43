import { CountersignError, formatError, isCountersignError } from "@countersign/core";
import { CommanderError } from "commander";
import { printLines, type Surroundings } from "./context.ts";
import { choosePaint } from "./paint.ts";

/** Any failure in our own form: what, why and fix. */
export function asFault(error: unknown): CountersignError {
  if (isCountersignError(error)) return error;
  if (error instanceof CommanderError) {
    const problem = error.message.replace(/^error: /, "").replace(/\n/g, " ");
    return new CountersignError("OPTION_INVALID", { option: "countersign", problem }, { cause: error });
  }
  return new CountersignError("DEFECT", { reason: String(error) }, { cause: error });
}

/** A failure that nobody awaited: told like every other, and never taken for a verdict. */
export function reportDefect(error: unknown, { stderr, env }: Surroundings): void {
  const defect = new CountersignError("DEFECT", { reason: String(error) }, { cause: error });
  void printLines(stderr, formatError(defect, choosePaint(stderr, env)));
}
