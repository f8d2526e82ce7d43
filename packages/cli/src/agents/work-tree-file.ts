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
 * Reads a file that is going to be changed, and sees to it that it can be: a plain file or none, in a folder of the work
 * tree that may be written to.
 * @throws `AGENT_FILE_UNUSABLE`
 */
export function readWorkTreeFile(root: string, path: string): WorkTreeFile {
  const problem = (text: string): CountersignError =>
    new CountersignError("AGENT_FILE_UNUSABLE", { file: path, problem: text });
  const folder = nearestFolder(root, dirname(path));
  if (folder === undefined) throw problem("a folder on the way to it is no folder");
  if (!isInside(root, folder)) throw problem("a link on the way to it leads out of the work tree");
  if (!isWritable(folder)) throw problem("its folder may not be written to");
  const stats = statLink(join(root, path));
  if (!stats) return { path };
  if (stats.isSymbolicLink()) throw problem("it is a symbolic link");
  if (!stats.isFile()) throw problem(stats.isDirectory() ? "it is a folder" : "it is no plain file");
  if (!isWritable(join(root, path))) throw problem("it may not be written to");
  return { path, before: { bytes: readFileSync(join(root, path)), mode: stats.mode & 0o7777 } };
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
