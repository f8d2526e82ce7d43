import { isCountersignError } from "@countersign/core";
import type { GitRepository } from "@countersign/git";
import { type CommandContext, type ExitCode, print, withRepository } from "@countersign/setup";
import type { Command } from "commander";
import { listBranches, listRevisions } from "../completion/ref-names.ts";
import { type Candidate, findSlot, type Slot } from "../completion/slot.ts";

/** What the shells' scripts are told behind the last candidate: complete no files, or files as they would by themselves. */
const DIRECTIVES = { words: ":4", files: ":0" } as const;

/**
 * Answers a shell: a candidate a line, a tab and what it is, and a directive. A shell that asks is in the middle of a
 * line, so that nothing is ever said of what goes wrong.
 * @param open The context of the repository that a `--repo` in the line names.
 */
export async function complete(
  program: Command,
  line: readonly string[],
  open: (repo: string | undefined) => CommandContext,
): Promise<ExitCode> {
  const slot = findSlot(program, line);
  const context = open(slot.given.get("--repo"));
  const candidates = [...slot.words, ...(await lookUp(slot, context))].filter(({ value }) =>
    value.startsWith(slot.current),
  );
  const directive = slot.kind === "path" ? DIRECTIVES.files : DIRECTIVES.words;
  const lines = candidates.map(({ value, description }) => `${value}\t${description}`);
  await print(context.stdout, `${[...lines, directive].join("\n")}\n`);
  return 0;
}

/** Those whose hooks a project can set up. */
async function listAgents(): Promise<readonly Candidate[]> {
  const { installers } = await import("@countersign/setup");
  return installers.map(({ id, name }) => ({ value: id, description: name }));
}

async function lookUp({ kind, current }: Slot, context: CommandContext): Promise<readonly Candidate[]> {
  if (kind === "agent") return listAgents();
  if (kind !== "branch" && kind !== "revision") return [];
  const list = (repository: GitRepository): Promise<readonly Candidate[]> =>
    kind === "branch" ? listBranches(repository) : listRevisions(repository, current);
  try {
    return await withRepository(context, list);
  } catch (error) {
    if (isCountersignError(error)) return [];
    throw error;
  }
}
