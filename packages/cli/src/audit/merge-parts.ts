import { EXIT_CODES, type ExitCode } from "@countersign/core/internal";
import { mergeAudits } from "@countersign/report";
import { type CommandContext, print } from "../context.ts";
import { readNamedFile } from "../read-named-file.ts";

/** Prints the parts of an audit as one. */
export async function mergeAuditParts(context: CommandContext, files: readonly string[]): Promise<ExitCode> {
  const parts = [];
  for (const file of files) {
    parts.push({ file, text: Buffer.from(await readNamedFile(context.calledFrom, file)).toString() });
  }
  const { outcome, text } = mergeAudits(parts);
  await print(context.stdout, text);
  return EXIT_CODES[outcome];
}
