import { join } from "node:path";
import { CountersignError } from "@countersign/core";
import type { Draft } from "../draft.ts";
import { editJson, parseJson } from "../edit-json.ts";
import type { HookName } from "../hook-name.ts";
import { hookBlock } from "../hook-script.ts";
import { findProgram, isFile, type Site } from "../site.ts";
import { reasonOf } from "./hook-file.ts";
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
    const { path, place } = findConfig(site);
    for (const hook of site.hooks) planCommand(site, draft, path, place, hook);
    const hook = draft.read(join(site.hooksDir, "pre-push"));
    if (hook?.includes("countersign")) return;
    const program = findProgram(site, KEY);
    if (program === undefined) {
      draft.notes.push(`${KEY} is not installed here: install it and run \`npx ${KEY}\`, or no hook will run`);
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

function findConfig({ root, project }: Site): { readonly path: string; readonly place: readonly string[] } {
  if (!project) {
    const reason = "there is no package.json";
    throw new CountersignError("MANAGER_UNFIT", { manager: KEY, reason, fix: "use --manager plain" });
  }
  const inProject = (name: string): string => join(project.folder, name);
  const program = PROGRAMS.find((name) => isFile(join(root, inProject(name))));
  const entry = project.manifest[KEY];
  if (program !== undefined || typeof entry === "string") {
    const path = program ?? String(entry);
    const wanted = [`"pre-push": ${JSON.stringify(command("pre-push"))}`];
    throw new CountersignError("FILE_UNFIT", { path, reason: "it is a program or named by one", wanted });
  }
  const data = DATA.find((name) => isFile(join(root, inProject(name))));
  return data ? { path: inProject(data), place: [] } : { path: inProject("package.json"), place: [KEY] };
}

function command(hook: HookName): string {
  return `sh ${scriptPath(hook)} "$@"`;
}

function planCommand(site: Site, draft: Draft, path: string, place: readonly string[], hook: HookName): void {
  const hooks = place.reduce<unknown>(
    (value, key) => (value as Readonly<Record<string, unknown>> | undefined)?.[key],
    parseJson(draft.read(path) ?? "{}"),
  );
  const former = (hooks as Readonly<Record<string, unknown>> | undefined)?.[hook];
  if (typeof former === "string" && former.includes("countersign")) return;
  const chained = typeof former === "string" && former.trim() !== "";
  // Theirs may read the refs as well, as git-lfs does.
  const value = chained ? `${hookBlock(hook, site.project?.folder ?? "")}${former}` : command(hook);
  const reason = `${reasonOf(hook)}${chained ? ", before what is there" : ""}`;
  if (!chained) addScript(site, draft, hook);
  draft.edit(path, reason, (text) => editJson(path, text, [...place, hook], value));
}
