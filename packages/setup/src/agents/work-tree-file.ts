import { accessSync, constants, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { CountersignError } from "@countersign/core";
import { fileProblem, nearestFolder, statLink } from "../files/place-problem.ts";

/** A file of the work tree as it is now. */
export interface WorkTreeFile {
  /** From the root, with `/`. */
  readonly path: string;
  /** Absent where there is no file. */
  readonly before?: { readonly bytes: Buffer; readonly mode: number };
}

/**
 * Reads what may be changed: a plain file or none, in a folder of the work tree.
 * @throws `AGENT_FILE_UNUSABLE`
 */
export function readWorkTreeFile(root: string, path: string): WorkTreeFile {
  const file = join(root, path);
  const problem = fileProblem({ root, commonDir: join(root, ".git") }, file);
  if (problem !== undefined) throw unusable(path, problem);
  const stats = statLink(file);
  return stats ? { path, before: { bytes: readFileSync(file), mode: stats.mode & 0o7777 } } : { path };
}

/**
 * Sees to it that a file can be written before anything is.
 * @throws `AGENT_FILE_UNUSABLE`
 */
export function expectWritable(root: string, { path, before }: WorkTreeFile): void {
  const folder = nearestFolder(join(root, dirname(path)));
  if (folder === undefined || !isWritable(folder)) throw unusable(path, "its folder may not be written to");
  if (before && !isWritable(join(root, path))) throw unusable(path, "it may not be written to");
}

function unusable(file: string, problem: string): CountersignError {
  return new CountersignError("AGENT_FILE_UNUSABLE", { file, problem });
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
