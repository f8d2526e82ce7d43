import { readFileSync, statSync } from "node:fs";
import { delimiter, join, relative, sep } from "node:path";
import { CountersignError, POLICY_FILES } from "@countersign/core";
import type { GitRepository } from "@countersign/git";
import { findWorkSite, type HookSite } from "@countersign/git/internal";
import { binOf, HOOK_NAMES, type HookName } from "../managers/hook-name.ts";

/** The npm project that countersign is installed in. */
export interface NpmProject {
  /** Its folder from the root of the work tree; "" is the root. */
  readonly folder: string;
  /** What package.json says, as far as it is needed. */
  readonly manifest: {
    readonly name?: unknown;
    readonly scripts?: Readonly<Record<string, unknown>>;
    readonly dependencies?: Readonly<Record<string, unknown>>;
    readonly devDependencies?: Readonly<Record<string, unknown>>;
    readonly "simple-git-hooks"?: unknown;
  };
}

/** What is known of a repository before anything is planned. */
export interface Site extends HookSite {
  readonly repository: GitRepository;
  readonly env: NodeJS.ProcessEnv;
  readonly project: NpmProject | undefined;
  /** The policy file that is there already. */
  readonly policyFile: string | undefined;
  /** The hooks whose bins are installed. */
  readonly hooks: readonly HookName[];
}

/**
 * Looks around from `cwd`. The project is the one at the root of the work tree, or else the nearest above `cwd`.
 * @throws `WORK_TREE_MISSING`, `FILE_UNREADABLE`, `HOOK_NOT_INSTALLED`.
 */
export async function surveySite(repository: GitRepository, cwd: string, env: NodeJS.ProcessEnv): Promise<Site> {
  const work = await findWorkSite(repository.context);
  const project = findProject(work.root, cwd);
  return {
    ...work,
    repository,
    env,
    project,
    policyFile: POLICY_FILES.find((name) => isFile(join(work.root, name))),
    hooks: findHooks(work.root, project, env),
  };
}

function findProject(root: string, cwd: string): NpmProject | undefined {
  const below = relative(root, cwd);
  const parts = below === "" || below.startsWith("..") ? [] : below.split(sep);
  const folders = ["", ...parts.map((_, index) => parts.slice(0, parts.length - index).join("/"))];
  const folder = folders.find((name) => isFile(join(root, name, "package.json")));
  return folder === undefined ? undefined : { folder, manifest: readManifest(join(root, folder, "package.json")) };
}

function readManifest(path: string): NpmProject["manifest"] {
  try {
    // npm lets a byte order mark pass.
    const manifest: unknown = JSON.parse(readFileSync(path, "utf8").replace(/^\uFEFF/, ""));
    if (typeof manifest === "object" && manifest !== null && !Array.isArray(manifest)) return manifest;
    throw new Error("it is no JSON object");
  } catch (cause) {
    throw new CountersignError("FILE_UNREADABLE", { file: path, reason: (cause as Error).message }, { cause });
  }
}

/** The folder of the project's bins, from the root. */
export function binFolder(project: NpmProject | undefined): string {
  return join(project?.folder ?? "", "node_modules", ".bin");
}

/** A program that the project has installed, or the PATH has. */
export function findProgram(site: Pick<Site, "root" | "project" | "env">, name: string): string | undefined {
  return findIn([join(site.root, binFolder(site.project)), ...lastingPath(site.env)], name);
}

function findHooks(root: string, project: NpmProject | undefined, env: NodeJS.ProcessEnv): readonly HookName[] {
  const found = HOOK_NAMES.filter((hook) => findProgram({ root, project, env }, binOf(hook)) !== undefined);
  if (found.includes("pre-push")) return found;
  throw new CountersignError("HOOK_NOT_INSTALLED", { bin: binOf("pre-push"), folder: binFolder(project) });
}

/** The PATH without what npx and npm put there for the time of one command: no hook will have that. */
function lastingPath(env: NodeJS.ProcessEnv): readonly string[] {
  return (env["PATH"] ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "" && !/[\\/]node_modules[\\/]/.test(folder));
}

function findIn(folders: readonly string[], name: string): string | undefined {
  return folders.map((folder) => join(folder, name)).find((path) => isFile(path) || isFile(`${path}.cmd`));
}

export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
