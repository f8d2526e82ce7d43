import { existsSync } from "node:fs";
import { join } from "node:path";
import { findProgram, findWorkSite, type GitRepository, pathFolders } from "@countersign/git/internal";
import type { Workplace } from "../files/grounds.ts";
import { dependsOn, readNpmProject } from "../npm-project.ts";
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

/** How everybody who clones a project finds the program. */
export function findLauncher(root: string): Launcher {
  return dependsOn(readNpmProject(root), "countersign") ? "dependency" : "path";
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
