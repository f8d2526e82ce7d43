import { CountersignError } from "@countersign/core";
import { EXIT_CODES, type ExitCode } from "@countersign/core/internal";
import { escapeText, wrapText } from "@countersign/report";
import { type CommandContext, printLines } from "../context.ts";
import { nameCommit } from "./review/task-fields.ts";
import type { Task } from "./task.ts";

/** Says why there is nothing to sign. @throws `SIGNER_UNABLE` where others have to. */
export async function printNothingToSign(
  context: CommandContext,
  { leftOut, email }: Pick<Task, "leftOut"> & { readonly email: string },
  why: string,
): Promise<ExitCode> {
  const reasons = leftOut.map(({ verdict, reason }) => `${nameCommit(verdict)}: ${reason}`);
  if (leftOut.some(({ given }) => !given)) throw new CountersignError("SIGNER_UNABLE", { email, reasons });
  await printLines(context.stdout, [
    ...wrapText("countersign: ", `nothing to sign (${why})`),
    ...reasons.flatMap((reason) => wrapText("  - ", escapeText(reason))),
  ]);
  return EXIT_CODES.allow;
}
