import { CountersignError, isCountersignError } from "@countersign/core";
import {
  advisePolicy,
  closeAfter,
  type ExitCode,
  inspectPolicyFile,
  readPolicyBytes,
  resolveCommit,
} from "@countersign/core/internal";
import {
  type GitRepository,
  NO_SURROUNDINGS,
  openGitRepository,
  readSurroundings,
  readWorkTreePolicyFile,
  withRepository,
} from "@countersign/git/internal";
import { formatPolicyCheck, type PolicyCheck, policyCheckToJson } from "@countersign/report";
import { type CommandContext, currentTime, printJson, printLines } from "../context.ts";
import { readNamedFile } from "../read-named-file.ts";

export interface CheckPolicyOptions {
  readonly policy?: string;
  readonly format: "text" | "json";
}

interface Source {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Reports what is wrong with a policy: 0 where nothing is, whatever advice there may be, 1 where it has problems. */
export async function checkPolicy(
  context: CommandContext,
  file: string | undefined,
  options: CheckPolicyOptions,
): Promise<ExitCode> {
  if (file !== undefined && options.policy !== undefined) {
    throw new CountersignError("OPTION_INVALID", { option: "--policy", problem: "it cannot be combined with a file" });
  }
  const check =
    file === undefined
      ? await withRepository(context, async (repository) => inspect(await findSource(repository, options), repository))
      : await checkFile(context, file);
  if (options.format === "json") await printJson(context.stdout, policyCheckToJson(check));
  else await printLines(context.stdout, formatPolicyCheck(check, context.paint));
  return check.problems.length > 0 ? 1 : 0;
}

async function findSource(repository: GitRepository, { policy: revision }: CheckPolicyOptions): Promise<Source> {
  if (revision === undefined) return readWorkTreePolicyFile(repository);
  const found = await readPolicyBytes(repository, { ref: revision, commit: await resolveCommit(repository, revision) });
  if (!found) throw new CountersignError("POLICY_MISSING", { ref: revision });
  return { name: found.source, bytes: found.bytes };
}

/** A file that is named can be checked anywhere; within a repository it is held against that. */
async function checkFile(context: CommandContext, file: string): Promise<PolicyCheck> {
  const source = { name: file, bytes: await readNamedFile(context.cwd, file) };
  const repository = await openGitRepository(context.cwd, context.env).catch((error: unknown) => {
    if (isCountersignError(error) && error.code === "NOT_A_REPOSITORY") return undefined;
    throw error;
  });
  return repository ? closeAfter(repository, () => inspect(source, repository)) : inspect(source, undefined);
}

async function inspect({ name, bytes }: Source, repository: GitRepository | undefined): Promise<PolicyCheck> {
  const { policy, problems, lineOf } = await inspectPolicyFile(bytes);
  if (!policy) return { source: name, problems, advice: [] };
  const now = currentTime();
  const surroundings = repository ? await readSurroundings(repository, policy, now) : { ...NO_SURROUNDINGS, now };
  const advice = advisePolicy(policy, surroundings).map((found) => ({ ...found, line: lineOf(found.path) }));
  return { source: name, problems, advice: advice.sort((a, b) => a.line - b.line) };
}
