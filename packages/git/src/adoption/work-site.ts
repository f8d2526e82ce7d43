import { resolve } from "node:path";
import { type GitContext, readGit } from "../git.ts";
import { findWorkTree } from "../work-tree.ts";
import { readSetting, type Setting } from "./settings.ts";

/** Where a repository's files and hooks are on this machine. Absolute paths. */
export interface WorkSite {
  /** The root of the work tree, where hooks of a push run. */
  readonly root: string;
  /** The git folder that all work trees of the repository share. */
  readonly commonDir: string;
  /** The folder whose hooks git runs. */
  readonly hooksDir: string;
  /** The setting that says so; undefined where hooks are in the git folder. */
  readonly hooksPath: Setting | undefined;
}

/** @throws `WORK_TREE_MISSING` in a bare repository. */
export async function findWorkSite(context: GitContext): Promise<WorkSite> {
  const root = await findWorkTree({ context });
  const ask = async (...args: string[]): Promise<string> =>
    resolve(context.cwd, (await readGit(context, ["rev-parse", ...args])).output.replace(/\n$/, ""));
  const commonDir = await ask("--path-format=absolute", "--git-common-dir");
  const hooksPath = await readSetting(context, "core.hooksPath", "path");
  // A relative path is meant from where the hook runs: the root.
  const hooksDir = hooksPath ? resolve(root, hooksPath.value) : resolve(commonDir, "hooks");
  return { root, commonDir, hooksDir, hooksPath };
}
