import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { GitContext } from "../process/context.ts";
import { git } from "../process/git.ts";

/**
 * The git folder of the work tree that a hook runs for. A file that git named to the hook, the message or the index, lies
 * in it, so that git need not be started to ask; one that someone names by hand may lie elsewhere.
 */
export async function findGitDir(context: GitContext, file: string | undefined): Promise<string> {
  const named = context.env["GIT_DIR"];
  if (named) return resolve(context.cwd, named);
  if (file && existsSync(join(dirname(file), "HEAD"))) return dirname(file);
  const { output } = await git(context, ["rev-parse", "--absolute-git-dir"]);
  return output.replace(/\n$/, "");
}

/** The folder that all work trees of a repository share. A linked one names it in a file (gitrepository-layout). */
export function commonDirOf(gitDir: string): string {
  const file = join(gitDir, "commondir");
  return existsSync(file) ? resolve(gitDir, readFileSync(file, "utf8").replace(/\r?\n$/, "")) : gitDir;
}
