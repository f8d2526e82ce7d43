import { join } from "node:path";
import { CountersignError } from "@countersign/core";
import type { Draft } from "../files/draft.ts";
import { editJson, parseJson } from "../files/edit-json.ts";
import { findProgram, isFile, type Site } from "../init/site.ts";
import { reasonOf } from "./hook-file.ts";
import type { HookName } from "./hook-name.ts";
import { hookBlock } from "./hook-script.ts";
import type { Manager } from "./manager.ts";
import { addScript, scriptPath } from "./script-folder.ts";

const KEY = "simple-git-hooks";
const PROGRAMS = ["cjs", "js", "mjs"].flatMap((ending) => [`.${KEY}.${ending}`, `${KEY}.${ending}`]);
const DATA = [`.${KEY}.json`, `${KEY}.json`];

/** simple-git-hooks: one command a hook, in package.json or a file of its own, written into git's hooks by its bin. */
export const simpleGitHooks: Manager = {
  name: KEY,
  isUsed: ({ root, project }) =>
    project !== undefined &&
    (Object.hasOwn(project.manifest, KEY) ||
      [...PROGRAMS, ...DATA].some((name) => isFile(join(root, project.folder, name)))),
  plan(site, draft) {
    const settings = findProgramFile(site);
    if (settings === undefined) for (const hook of site.hooks) planCommand(site, draft, findConfig(site), hook);
    else requireCommands(site, draft, settings);
    if (site.hooks.every((hook) => draft.read(join(site.hooksDir, hook))?.includes("countersign"))) return;
    const program = findProgram(site, KEY);
    if (program === undefined) {
      draft.lack(KEY, `npx ${KEY}`);
      return;
    }
    draft.run({
      reason: "writes them into git's hooks",
      program,
      args: [],
      shown: KEY,
      cwd: join(site.root, site.project?.folder ?? ""),
      writes: [site.hooksDir],
    });
  },
};

interface Config {
  readonly path: string;
  /** Where in it the commands stand. */
  readonly place: readonly string[];
}

function findConfig({ root, project }: Site): Config {
  if (!project) {
    const reason = "there is no package.json";
    throw new CountersignError("MANAGER_UNFIT", { manager: KEY, reason, fix: "use --manager plain" });
  }
  const data = DATA.map((name) => join(project.folder, name)).find((path) => isFile(join(root, path)));
  return data ? { path: data, place: [] } : { path: join(project.folder, "package.json"), place: [KEY] };
}

/** The file of the settings where that is a program, or one whose name package.json has in their place. */
function findProgramFile({ root, project }: Site): string | undefined {
  const entry = project?.manifest[KEY];
  const names = [...PROGRAMS, ...(typeof entry === "string" ? [entry] : [])];
  return names.map((name) => join(project?.folder ?? "", name)).find((path) => isFile(join(root, path)));
}

/** A program cannot be extended from outside; a person adds the commands, and what they call is there afterwards. */
function requireCommands(site: Site, draft: Draft, path: string): void {
  const missing = site.hooks.filter((hook) => !draft.read(path)?.includes(scriptPath(hook)));
  if (missing.length > 0) {
    const wanted = missing.map((hook) => `${JSON.stringify(hook)}: ${JSON.stringify(command(hook))}`);
    throw new CountersignError("FILE_UNFIT", { path, reason: "its settings are not plain data", wanted });
  }
  for (const hook of site.hooks) addScript(site, draft, hook);
}

function command(hook: HookName): string {
  return `sh ${scriptPath(hook)} "$@"`;
}

function planCommand(site: Site, draft: Draft, { path, place }: Config, hook: HookName): void {
  const hooks = place.reduce<unknown>(
    (value, key) => (value as Readonly<Record<string, unknown>> | undefined)?.[key],
    parseJson(draft.read(path) ?? "{}"),
  );
  const former = (hooks as Readonly<Record<string, unknown>> | undefined)?.[hook];
  if (typeof former === "string" && former.includes("countersign")) return;
  const chained = typeof former === "string" && former.trim() !== "";
  // Theirs may read the refs as well, as git-lfs does.
  const shared = chained && hook === "pre-push";
  if (!shared) addScript(site, draft, hook);
  const ours = shared ? hookBlock(hook, site.project?.folder ?? "") : command(hook);
  const value = chained ? `${ours}${shared ? "" : " || exit $?\n"}${former}` : ours;
  const reason = `${reasonOf(hook)}${chained ? ", before what is there" : ""}`;
  draft.edit(path, reason, (text) => editJson(path, text, [...place, hook], value));
}
