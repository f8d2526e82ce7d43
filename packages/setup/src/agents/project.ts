import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findProgram, findWorkSite, type GitRepository, pathFolders } from "@countersign/git/internal";
import type { Workplace } from "../files/grounds.ts";
import type { AgentSigns, Launcher } from "./installers/installer.ts";

/** The work tree that hooks are set up in. */
export interface AgentProject extends Workplace {
  readonly launcher: Launcher;
}

/** @throws `WORK_TREE_MISSING` */
export async function openProject({ context }: GitRepository): Promise<AgentProject> {
  const { root, commonDir } = await findWorkSite(context);
  return { root, commonDir, context, launcher: findLauncher(root) };
}

/** What is declared counts, not what happens to be installed here: the hooks are for everybody who clones. */
export function findLauncher(root: string): Launcher {
  try {
    const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const fields = ["dependencies", "devDependencies", "optionalDependencies"];
    return fields.some((field) => typeof manifest[field]?.countersign === "string") ? "dependency" : "path";
  } catch {
    // No package.json, or one that its own tools complain about.
    return "path";
  }
}

/** By what it is seen that this project uses an agent. */
export function findPaths(root: string, { paths }: AgentSigns): readonly string[] {
  return paths.filter((path) => existsSync(join(root, path)));
}

/** Which of an agent's programs this machine has. */
export function findPrograms({ programs }: AgentSigns, env: NodeJS.ProcessEnv): readonly string[] {
  const folders = pathFolders(env);
  return programs.filter((program) => findProgram(program, folders) !== undefined);
}
