import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { GitRepository } from "@countersign/git";
import { findWorkTree, isExecutable } from "@countersign/git/internal";
import type { AgentSigns, Launcher } from "./installer.ts";

/** The work tree that hooks are set up in. */
export interface Project {
  readonly root: string;
  readonly launcher: Launcher;
}

/** @throws `WORK_TREE_MISSING` */
export async function openProject(repository: GitRepository): Promise<Project> {
  const root = await findWorkTree(repository);
  return { root, launcher: dependsOnUs(root) ? "dependency" : "path" };
}

/** What is declared counts, not what happens to be installed here: the hooks are for everybody who clones. */
function dependsOnUs(root: string): boolean {
  try {
    const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const fields = ["dependencies", "devDependencies", "optionalDependencies"];
    return fields.some((field) => typeof manifest[field]?.countersign === "string");
  } catch {
    // No package.json, or one that its own tools complain about.
    return false;
  }
}

/** By what it is seen that this project uses an agent. */
export function findPaths(root: string, { paths }: AgentSigns): readonly string[] {
  return paths.filter((path) => existsSync(join(root, path)));
}

/** Which of an agent's programs this machine has. */
export function findPrograms({ programs }: AgentSigns, env: NodeJS.ProcessEnv): readonly string[] {
  const folders = (env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const endings = process.platform === "win32" ? [".exe", ".cmd"] : [""];
  return programs.filter((program) =>
    folders.some((folder) => endings.some((ending) => isExecutable(join(folder, program + ending)))),
  );
}
