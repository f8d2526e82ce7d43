import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  findProgram,
  findWorkSite,
  type GitContext,
  type GitRepository,
  git,
  pathFolders,
} from "@countersign/git/internal";
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
  return { root, commonDir, context, launcher: await findLauncher(context, root) };
}

/** How everyone who clones a project finds the program: as that of the npm project nearest to the root that depends on it. */
export async function findLauncher(context: GitContext, root: string): Promise<Launcher> {
  const isDependent = (folder: string): boolean => dependsOn(readNpmProject(root, folder), "countersign");
  const folder = isDependent("") ? "" : (await listNpmFolders(context, root)).find(isDependent);
  return folder === undefined ? "path" : { dependencyOf: folder };
}

/** What no shell reads as anything but a name, and no program as an option. */
const PLAIN = /^[\w@.+][\w@.+/-]*$/;

/** The folders below the root that have a package.json which git does not ignore, the nearest first. */
async function listNpmFolders(context: GitContext, root: string): Promise<readonly string[]> {
  const args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const { output } = await git({ ...context, cwd: root }, args);
  const folders = output.split("\0").flatMap((path) => /^(.+)\/package\.json$/.exec(path)?.[1] ?? []);
  const depth = (folder: string): number => folder.split("/").length;
  return folders
    .filter((folder) => PLAIN.test(folder) && !folder.split("/").includes("node_modules"))
    .sort((one, other) => depth(one) - depth(other));
}

/** The signs that this project uses an agent. */
export function findPaths(root: string, { paths }: AgentSigns): readonly string[] {
  return paths.filter((path) => existsSync(join(root, path)));
}

/** Which of an agent's programs this machine has. */
export function findPrograms({ programs }: AgentSigns, env: NodeJS.ProcessEnv): readonly string[] {
  const folders = pathFolders(env);
  return programs.filter((program) => findProgram(program, folders) !== undefined);
}
