import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { GitContext } from "../process/context.ts";
import { git } from "../process/git.ts";

/** The text of the hook that git runs, wherever `core.hooksPath` puts it; empty if there is none. */
export async function readInstalledHook(context: GitContext, name: string): Promise<string> {
  const { output } = await git(context, ["rev-parse", "--git-path", `hooks/${name}`]);
  try {
    return readFileSync(resolve(context.cwd, output.replace(/\n$/, "")), "utf8");
  } catch {
    return "";
  }
}
