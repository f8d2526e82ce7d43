import { join } from "node:path";
import { CountersignError } from "@countersign/core";
import { POLICY_FILES } from "@countersign/core/internal";
import { findProgram, findWorkSite, type GitRepository, type HookSite, pathFolders } from "@countersign/git/internal";
import { isFile } from "./files/file-state.ts";
import type { Workplace } from "./files/grounds.ts";
import { FRAMEWORK_CONFIGS } from "./managers/framework-configs.ts";
import type { ProgramPlace } from "./managers/git-hook-script.ts";
import { binOf, HOOK_NAMES, type HookName } from "./managers/hook-name.ts";
import { binFolder, findNpmProject, type NpmProject } from "./npm-project.ts";
import { findPackageManager } from "./package-manager.ts";

/** What is known of a repository before anything is planned. */
export interface Surroundings extends HookSite, Workplace {
  readonly repository: GitRepository;
  readonly env: NodeJS.ProcessEnv;
  readonly project: NpmProject | undefined;
  /** The policy file that is there already. */
  readonly policyFile: string | undefined;
  /** The hooks whose bins are installed; none where the one for pushes is not. */
  readonly hooks: readonly HookName[];
}

/** Looks around from `cwd`. @throws `WORK_TREE_MISSING`, `FILE_UNREADABLE`, `HOOK_NOT_INSTALLED` if nothing else could bring it. */
export async function lookAround(
  repository: GitRepository,
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<Surroundings> {
  const site = await findWorkSite(repository.context);
  const project = findNpmProject(site.root, cwd);
  const hooks = findHooks({ root: site.root, project, env });
  const found = {
    ...site,
    context: repository.context,
    repository,
    env,
    project,
    policyFile: POLICY_FILES.find((name) => isFile(join(site.root, name))),
    hooks,
  };
  const framework = project === undefined && FRAMEWORK_CONFIGS.prek.some((name) => isFile(join(site.root, name)));
  return framework ? found : requireProgram(found);
}

/** Where the hooks of such a repository find the program. */
export function programPlace({ root, project }: Pick<Surroundings, "root" | "project">): ProgramPlace {
  return project
    ? { folder: project.folder, install: findPackageManager(root, project).install }
    : { folder: "", install: "npm install --global countersign" };
}

type Programs = Pick<Surroundings, "root" | "project" | "env">;

/** A program that the project has installed, or the PATH has. */
export function findInstalled({ root, project, env }: Programs, name: string): string | undefined {
  // What npx, npm and Yarn put on the PATH for the time of one command no hook will have.
  const lasting = pathFolders(env).filter(
    (folder) => !/[\\/]node_modules[\\/]/.test(folder) && folder !== env["BERRY_BIN_FOLDER"],
  );
  return findProgram(name, [join(root, binFolder(project)), ...lasting]);
}

function findHooks(programs: Programs): readonly HookName[] {
  const found = HOOK_NAMES.filter((hook) => findInstalled(programs, binOf(hook)) !== undefined);
  return found.includes("pre-push") ? found : [];
}

/** The surroundings, where they have the program. @throws `HOOK_NOT_INSTALLED`. */
export function requireProgram<Found extends Surroundings>(surroundings: Found): Found {
  if (surroundings.hooks.length > 0) return surroundings;
  const { root, project } = surroundings;
  const packages = project && findPackageManager(root, project);
  throw new CountersignError("HOOK_NOT_INSTALLED", {
    bin: binOf("pre-push"),
    folder: binFolder(project),
    installer: packages?.plugAndPlay ? "plug and play" : packages?.name,
  });
}
