import { isCountersignError } from "@countersign/core";
import type { ExitCode } from "@countersign/core/internal";
import { type GitRepository, withRepository } from "@countersign/git/internal";
import type { Command } from "commander";
import { type CommandContext, inRepository, print } from "../context.ts";
import { listBranches, listRevisions } from "./ref-names.ts";
import { type Candidate, findSlot, type Slot } from "./slot.ts";

/** What the shells' scripts get after the last candidate: complete no files, or files as they would by themselves. */
const DIRECTIVES = { words: ":4", files: ":0" } as const;

/**
 * Answers a shell: a candidate a line, a tab and what it is, and a directive. A shell that asks is in the middle of a
 * line, so that nothing is ever said of what goes wrong.
 */
export async function complete(context: CommandContext, program: Command, line: readonly string[]): Promise<ExitCode> {
  const slot = findSlot(program, line);
  const named = inRepository(context, slot.given.get("--repo"));
  const candidates = [...slot.words, ...(await lookUp(slot, named))].filter(({ value }) =>
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

async function listCodes(): Promise<readonly Candidate[]> {
  const { CODES } = await import("@countersign/core");
  return CODES.map(({ code, means }) => ({ value: code, description: means }));
}

async function lookUp({ kind, current }: Slot, context: CommandContext): Promise<readonly Candidate[]> {
  const revisions = (repository: GitRepository) => listRevisions(repository, current);
  switch (kind) {
    case "agent":
      return listAgents();
    case "branch":
      return lookIn(context, listBranches);
    case "revision":
      return lookIn(context, revisions);
    case "commit or code":
      return [...(await lookIn(context, revisions)), ...(await listCodes())];
    default:
      return [];
  }
}

/** What a repository knows; nothing where there is none. */
async function lookIn(
  context: CommandContext,
  list: (repository: GitRepository) => Promise<readonly Candidate[]>,
): Promise<readonly Candidate[]> {
  try {
    return await withRepository(context, list);
  } catch (error) {
    if (isCountersignError(error)) return [];
    throw error;
  }
}
