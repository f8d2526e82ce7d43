import { accessSync, constants, lstatSync, readFileSync, realpathSync, type Stats } from "node:fs";
import { dirname, isAbsolute, join, relative, sep } from "node:path";
import { CountersignError } from "@countersign/core";

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
  const folder = nearestFolder(root, dirname(path));
  if (folder === undefined) throw unusable(path, "a folder on the way to it is no folder");
  if (!isInside(root, folder)) throw unusable(path, "a link on the way to it leads out of the work tree");
  const stats = statLink(join(root, path));
  if (!stats) return { path };
  if (stats.isSymbolicLink()) throw unusable(path, "it is a symbolic link");
  if (!stats.isFile()) throw unusable(path, stats.isDirectory() ? "it is a folder" : "it is no plain file");
  return { path, before: { bytes: readFileSync(join(root, path)), mode: stats.mode & 0o7777 } };
}

/**
 * Sees to it that a file can be written before anything is.
 * @throws `AGENT_FILE_UNUSABLE`
 */
export function expectWritable(root: string, { path, before }: WorkTreeFile): void {
  const folder = nearestFolder(root, dirname(path));
  if (folder === undefined || !isWritable(folder)) throw unusable(path, "its folder may not be written to");
  if (before && !isWritable(join(root, path))) throw unusable(path, "it may not be written to");
}

function unusable(file: string, problem: string): CountersignError {
  return new CountersignError("AGENT_FILE_UNUSABLE", { file, problem });
}

/** The deepest folder on the way that exists, links followed; undefined where something else stands there. */
function nearestFolder(root: string, path: string): string | undefined {
  for (let folder = path; ; folder = dirname(folder)) {
    const there = join(root, folder);
    if (!statLink(there)) continue;
    try {
      const real = realpathSync(there);
      return lstatSync(real).isDirectory() ? real : undefined;
    } catch {
      // A link that leads nowhere.
      return undefined;
    }
  }
}

/** In the work tree, and not among git's own files. */
function isInside(root: string, folder: string): boolean {
  const path = relative(realpathSync(root), folder);
  const [first] = path.split(sep);
  return first !== ".." && first !== ".git" && !isAbsolute(path);
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function statLink(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    // A file where a folder should be.
    return undefined;
  }
}
