import { findWorkTree, withRepository } from "@countersign/git/internal";
import type { CommandContext } from "../context.ts";

/** The work tree, whose links lead no report out of it; where there is none, the folder that the program was called in. */
export function findRoot(context: CommandContext): Promise<string> {
  return withRepository(context, findWorkTree).catch(() => context.calledFrom);
}
