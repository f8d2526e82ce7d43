import { join } from "node:path";
import { CountersignError } from "@countersign/core";
import { editJson } from "../files/edits/edit-json.ts";
import { readJson } from "../files/edits/json-source.ts";
import { isFile } from "../files/file-state.ts";
import type { Plan } from "../files/plan.ts";
import { findInstalled, programPlace, type Surroundings } from "../surroundings.ts";
import { hookBlock } from "./git-hook-script.ts";
import { reasonOf } from "./hook-file.ts";
import type { HookName } from "./hook-name.ts";
import { findSwitch, type HookRunner } from "./manager.ts";
import { addScript, scriptPath } from "./script-folder.ts";

const KEY = "simple-git-hooks";
const PROGRAMS = ["cjs", "js", "mjs"].flatMap((ending) => [`.${KEY}.${ending}`, `${KEY}.${ending}`]);
const DATA = [`.${KEY}.json`, `${KEY}.json`];

/** simple-git-hooks: one command a hook, in package.json or a file of its own, written into git's hooks by its bin. */
export const simpleGitHooks: HookRunner = {
  name: KEY,
  isUsed: ({ root, project }) =>
    project !== undefined &&
    (Object.hasOwn(project.manifest, KEY) ||
      [...PROGRAMS, ...DATA].some((name) => isFile(join(root, project.folder, name)))),
  planInstall(surroundings, plan) {
    const settings = findProgramFile(surroundings);
    if (settings === undefined)
      for (const hook of surroundings.hooks) planCommand(surroundings, plan, findConfig(surroundings), hook);
    else requireCommands(surroundings, plan, settings);
    if (surroundings.hooks.every((hook) => plan.read(join(surroundings.hooksDir, hook))?.includes("countersign")))
      return;
    const program = findInstalled(surroundings, KEY);
    if (program === undefined) {
      plan.lack(KEY, `npx ${KEY}`);
      return;
    }
    plan.run({
      reason: "writes them into git's hooks",
      program,
      args: [],
      shown: KEY,
      cwd: join(surroundings.root, surroundings.project?.folder ?? ""),
      writes: [surroundings.hooksDir],
    });
  },
  wrote: (text) => text.includes("SKIP_SIMPLE_GIT_HOOKS"),
  configs: ["package.json", ...DATA],
  // package.json names countersign also where it is only a dependency.
  isAddressed: (config, text) => config !== "package.json" || text.includes(`"${KEY}": {`),
  command: () => `npx ${KEY}`,
  switchedOff: (env) => findSwitch(env, "SKIP_SIMPLE_GIT_HOOKS", /^1$/),
};

interface Config {
  readonly path: string;
  /** Where in it the commands stand. */
  readonly place: readonly string[];
}

function findConfig({ root, project }: Surroundings): Config {
  if (!project) {
    const reason = "there is no package.json";
    throw new CountersignError("MANAGER_UNFIT", { manager: KEY, reason, fix: "use --manager plain" });
  }
  const data = DATA.map((name) => join(project.folder, name)).find((path) => isFile(join(root, path)));
  return data ? { path: data, place: [] } : { path: join(project.folder, "package.json"), place: [KEY] };
}

/** The file of the settings where that is a program, or one whose name package.json has in their place. */
function findProgramFile({ root, project }: Surroundings): string | undefined {
  const entry = project?.manifest[KEY];
  const names = [...PROGRAMS, ...(typeof entry === "string" ? [entry] : [])];
  return names.map((name) => join(project?.folder ?? "", name)).find((path) => isFile(join(root, path)));
}

/** A program cannot be extended from outside; a person adds the commands, and what they call is there afterwards. */
function requireCommands(surroundings: Surroundings, plan: Plan, path: string): void {
  const missing = surroundings.hooks.filter((hook) => !plan.read(path)?.includes(scriptPath(hook)));
  if (missing.length > 0) {
    const wanted = missing.map((hook) => `${JSON.stringify(hook)}: ${JSON.stringify(command(hook))}`);
    throw new CountersignError("FILE_UNFIT", { path, reason: "its settings are not plain data", wanted });
  }
  for (const hook of surroundings.hooks) addScript(surroundings, plan, hook);
}

function command(hook: HookName): string {
  return `sh ${scriptPath(hook)} "$@"`;
}

function planCommand(surroundings: Surroundings, plan: Plan, { path, place }: Config, hook: HookName): void {
  const hooks = place.reduce<unknown>(
    (value, key) => (value as Readonly<Record<string, unknown>> | undefined)?.[key],
    readJson(plan.read(path) ?? "{}"),
  );
  const former = (hooks as Readonly<Record<string, unknown>> | undefined)?.[hook];
  if (typeof former === "string" && former.includes("countersign")) return;
  const chained = typeof former === "string" && former.trim() !== "";
  // Theirs may read the refs as well, as git-lfs does.
  const shared = chained && hook === "pre-push";
  if (!shared) addScript(surroundings, plan, hook);
  const ours = shared ? hookBlock(hook, programPlace(surroundings)) : command(hook);
  const value = chained ? `${ours}${shared ? "" : " || exit $?\n"}${former}` : ours;
  const reason = `${reasonOf(hook)}${chained ? ", before what is there" : ""}`;
  plan.edit(path, reason, (text) => editJson(path, text, [...place, hook], value));
}
