import { dirname, resolve } from "node:path";
import { CountersignError, isCountersignError } from "@countersign/core";
import { EXIT_CODES, type ExitCode } from "@countersign/core/internal";
import { withoutRepository } from "@countersign/git/internal";
import { type AuditedRepository, type AuditFormat, type AuditOfOne, formatAudits } from "@countersign/report";
import { type CommandContext, print } from "../context.ts";
import { readNamedFile } from "../read-named-file.ts";
import { VERSION } from "../version.ts";

/** Audits every repository of a list, one after the other: one that cannot be audited does not keep the others from it. */
export async function auditRepositories(
  context: CommandContext,
  file: string,
  format: AuditFormat,
  auditOne: (context: CommandContext) => Promise<AuditOfOne>,
): Promise<ExitCode> {
  const text = Buffer.from(await readNamedFile(context.calledFrom, file)).toString();
  const repositories = text.split(/\r?\n/).map((line) => line.trim());
  const named = repositories.filter((line) => line !== "" && !line.startsWith("#"));
  if (named.length === 0) {
    throw new CountersignError("OPTION_INVALID", { option: "--repositories", problem: `${file} lists no repository` });
  }
  const folder = dirname(resolve(context.calledFrom, file));
  const all: AuditedRepository[] = [];
  for (const repository of named) {
    const own = { ...context, cwd: resolve(folder, repository), env: withoutRepository(context.env) };
    all.push({ repository, result: await auditOne(own).catch(keepFault) });
  }
  const { outcome, text: report } = formatAudits(format, all, { version: VERSION, paint: context.paint });
  await print(context.stdout, report);
  return EXIT_CODES[outcome];
}

function keepFault(error: unknown): CountersignError {
  if (isCountersignError(error)) return error;
  throw error;
}
