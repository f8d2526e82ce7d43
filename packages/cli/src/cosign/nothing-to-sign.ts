import { CountersignError } from "@countersign/core";
import { EXIT_CODES, type ExitCode } from "@countersign/core/internal";
import { escapeText, wrapText } from "@countersign/report";
import { type CommandContext, printLines } from "../context.ts";
import { nameCommit } from "./review/task-fields.ts";
import type { Task } from "./task.ts";

/** Why a person has nothing to sign. */
export interface NothingToSign extends Pick<Task, "leftOut"> {
  /** The person's address. */
  readonly email: string;
  readonly why: string;
}

/** `asked`: how many commits were named, where that was several. */
export function nothingOf({ choice, verdict, leftOut, signer }: Task, asked: number | undefined): NothingToSign {
  const commits = asked ?? verdict.commits;
  const why =
    verdict.branch === undefined
      ? `the policy does not protect ${escapeText(choice.branch)}`
      : leftOut.length > 0
        ? "your co-signs are there"
        : `${commits} new ${commits === 1 ? "commit" : "commits"}, none needs a co-sign`;
  return { leftOut, email: signer.email, why };
}

/** Says so. @throws `SIGNER_UNABLE` if others have to. */
export async function printNothingToSign(
  context: CommandContext,
  { leftOut, email, why }: NothingToSign,
): Promise<ExitCode> {
  const reasons = leftOut.map(({ verdict, reason }) => `${nameCommit(verdict)}: ${reason}`);
  if (leftOut.some(({ given }) => !given)) throw new CountersignError("SIGNER_UNABLE", { email, reasons });
  await printLines(context.stdout, [
    ...wrapText("countersign: ", `nothing to sign (${why})`),
    ...reasons.flatMap((reason) => wrapText("  - ", escapeText(reason))),
  ]);
  return EXIT_CODES.allow;
}
