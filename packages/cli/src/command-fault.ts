import { CountersignError } from "@countersign/core";
import { asFault } from "@countersign/core/internal";
import { formatMessage } from "@countersign/report";
import { CommanderError } from "commander";
import { type ProcessContext, printProse } from "./context.ts";
import { choosePaint } from "./output/paint.ts";

/** Any failure of a command as a fault, also of how it was typed. */
export function commandFault(error: unknown): CountersignError {
  if (!(error instanceof CommanderError)) return asFault(error);
  const problem = error.message.replace(/^error: /, "").replace(/\n/g, " ");
  return new CountersignError("OPTION_INVALID", { option: "countersign", problem }, { cause: error });
}

/** An unexpected failure: reported like any other, and never taken for a verdict. */
export function reportDefect(error: unknown, { stderr, env }: ProcessContext): void {
  const defect = new CountersignError("DEFECT", { reason: String(error) }, { cause: error });
  void printProse(stderr, formatMessage(defect, choosePaint(stderr, env)));
}
