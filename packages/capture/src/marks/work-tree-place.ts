import { lstatSync, readFileSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { commonDirOf, type GitContext, git, gitEnvironment, withoutRepository } from "@countersign/git/internal";

/** A work tree, and where its repository is. */
export interface WorkTree {
  readonly root: string;
  /** What is this work tree's own: HEAD, the index. */
  readonly gitDir: string;
  /** What all work trees of the repository share. */
  readonly commonDir: string;
  /** For git in this work tree. */
  readonly context: GitContext;
}

/** A file of a work tree that need not exist. */
export interface Place {
  readonly tree: WorkTree;
  /** From the root, with `/` between. */
  readonly path: string;
}

/**
 * Finds the work tree that a file lies in: the nearest one above it. What an outer hook's variables say counts only
 * where there is none. Done without git, which is asked about the file anyway; a wrong guess here ends as "unknown file".
 */
export async function findPlace(path: string, env: NodeJS.ProcessEnv): Promise<Place | undefined> {
  const real = realPath(path);
  const tree = findAbove(real, env) ?? (await findNamed(env));
  if (!tree) return undefined;
  const inside = relative(tree.root, real);
  const parts = inside.split(sep);
  if (inside === "" || isAbsolute(inside) || parts[0] === ".." || parts.includes(".git")) return undefined;
  return { tree, path: parts.join("/") };
}

/** The work tree that a folder is in. */
export async function findWorkTree(folder: string, env: NodeJS.ProcessEnv): Promise<WorkTree | undefined> {
  return (await findPlace(join(folder, "x"), env))?.tree;
}

/** The path with every link on the way followed, but not the last one: a link is a file of its own. */
function realPath(path: string): string {
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  try {
    // The native one also gives the names in their own letter case.
    return isLink ? join(realpathSync.native(dirname(path)), basename(path)) : realpathSync.native(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(realPath(parent), basename(path));
  }
}

function findAbove(path: string, env: NodeJS.ProcessEnv): WorkTree | undefined {
  for (let root = dirname(path); ; root = dirname(root)) {
    const gitDir = readGitDir(join(root, ".git"));
    if (gitDir !== undefined) {
      const context = { cwd: root, env: gitEnvironment(withoutRepository(env)) };
      return { root, gitDir, commonDir: commonDirOf(gitDir), context };
    }
    if (dirname(root) === root) return undefined;
  }
}

/** `.git` is a folder, or in linked work trees and submodules a file that names one. */
function readGitDir(path: string): string | undefined {
  try {
    if (statSync(path).isDirectory()) return statSync(join(path, "HEAD")).isFile() ? path : undefined;
    const [, named] = /^gitdir: (.+?)\r?\n?$/s.exec(readFileSync(path, "utf8")) ?? [];
    return named === undefined ? undefined : resolve(dirname(path), named);
  } catch {
    return undefined;
  }
}

/** The work tree that the variables name, as they do for a home folder that is kept in a repository elsewhere. */
async function findNamed(env: NodeJS.ProcessEnv): Promise<WorkTree | undefined> {
  const { GIT_DIR: named, GIT_WORK_TREE: root } = env;
  if (named === undefined || root === undefined) return undefined;
  const context = {
    cwd: resolve(root),
    env: { ...gitEnvironment(env), GIT_DIR: resolve(named), GIT_WORK_TREE: resolve(root) },
  };
  try {
    const { output } = await git(context, ["rev-parse", "--show-toplevel"]);
    const gitDir = resolve(named);
    return { root: output.replace(/\n$/, ""), gitDir, commonDir: commonDirOf(gitDir), context };
  } catch {
    return undefined;
  }
}
