import { accessSync, constants, lstatSync, realpathSync, type Stats } from "node:fs";
import { dirname, isAbsolute, relative, sep } from "node:path";
import type { GitContext } from "@countersign/git/internal";

/** Where the program may write at all. Absolute paths. */
export interface Grounds {
  /** The root of the work tree. */
  readonly root: string;
  /** Git's own files, which may lie in the work tree: not for what belongs beside them. */
  readonly commonDir: string;
}

/** Where steps are done. */
export interface Workplace extends Grounds {
  readonly context: GitContext;
}

/** What keeps a file from being written: only a plain file, or none yet, in a folder of the repository is. */
export function fileProblem(grounds: Grounds, path: string): string | undefined {
  const problem = wayProblem(grounds, path, dirname(path));
  if (problem !== undefined) return problem;
  const stats = statLink(path);
  if (!stats || stats.isFile()) return undefined;
  if (stats.isSymbolicLink()) return LINK;
  return stats.isDirectory() ? "it is a folder" : "it is not a regular file";
}

/** What keeps a folder from being filled by another program. */
export function folderProblem(grounds: Grounds, path: string): string | undefined {
  return wayProblem(grounds, path, path) ?? (statLink(path)?.isSymbolicLink() ? LINK : undefined);
}

/** The path itself, no link followed; undefined if nothing is. */
export function statLink(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    // A file where a folder should be.
    return undefined;
  }
}

/** What keeps this user from changing a file that is there, or from making one that is not. */
export function permissionProblem(path: string, isThere: boolean): string | undefined {
  const folder = nearestFolder(dirname(path));
  if (folder === undefined || !isWritable(folder)) return "its folder may not be written to";
  return isThere && !isWritable(path) ? "it may not be written to" : undefined;
}

/** The deepest folder on the way that exists, links followed; undefined if something else stands there. */
function nearestFolder(path: string): string | undefined {
  for (let folder = path; ; folder = dirname(folder)) {
    if (!statLink(folder)) continue;
    try {
      const real = realpathSync(folder);
      return lstatSync(real).isDirectory() ? real : undefined;
    } catch {
      // A link that leads nowhere.
      return undefined;
    }
  }
}

const LINK = "it is a symbolic link";

function wayProblem({ root, commonDir }: Grounds, path: string, folder: string): string | undefined {
  const real = nearestFolder(folder);
  if (real === undefined) return "a folder on the way to it is not a folder";
  const belongsToGit = isInside(realOf(commonDir), real);
  if (isInside(root, path) && !isInside(commonDir, path)) {
    const stays = isInside(realOf(root), real) && !belongsToGit;
    return stays ? undefined : "a link on the way to it leads out of the work tree";
  }
  return belongsToGit || isInside(realOf(root), real) ? undefined : "it lies outside this repository";
}

/** Whether a path is a folder or lies below it, by their names alone. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way.split(sep)[0] !== ".." && !isAbsolute(way);
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function realOf(path: string): string {
  return statLink(path) ? realpathSync(path) : path;
}
