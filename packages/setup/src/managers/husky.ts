import { dirname, isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { CountersignError } from "@countersign/core";
import type { Draft } from "../files/draft.ts";
import { editJson } from "../files/edit-json.ts";
import { isFile, type NpmProject, type Site } from "../init/site.ts";
import { addToHookFile } from "./hook-file.ts";
import type { Manager } from "./manager.ts";
import { findActiveHooks } from "./plain-hooks.ts";

/** husky: a folder of shell scripts, and `core.hooksPath` that leads to it. It comes with the package countersign. */
export const husky: Manager = {
  name: "husky",
  isUsed: (site) => findInstalled(site) !== undefined || hasDependency(site.project, "husky"),
  plan(site, draft) {
    const project = requireProject(site);
    const installed = findInstalled(site);
    if (!installed) refuseToBypass(site);
    const { folder, head } = installed ?? { folder: join(project.folder, ".husky"), head: "" };
    for (const hook of site.hooks) addToHookFile(site, draft, join(site.root, folder, hook), hook, head);
    planPrepare(site, project, draft);
    if (installed) return;
    draft.run({
      reason: "sets core.hooksPath, as `npm install` will in every other clone",
      program: process.execPath,
      args: [HUSKY_SCRIPT, ...rootArgument(project)],
      shown: "husky",
      cwd: join(site.root, project.folder),
      writes: [join(site.root, folder)],
    });
  },
};

/** The script that package.json's `prepare` runs too. It is installed beside this program, whose chunks have a folder below. */
const HUSKY_SCRIPT = fileURLToPath(new URL("../husky.js", import.meta.url));

/**
 * The folder of the scripts where husky is switched on, from the root, and how a script begins: husky 9 has sh run them
 * and they need neither a first line nor to be executable; git itself runs those of husky 8.
 */
function findInstalled({ hooksDir, hooksPath }: Site): { readonly folder: string; readonly head: string } | undefined {
  if (!hooksPath || isAbsolute(hooksPath.value)) return undefined;
  if (isFile(join(hooksDir, "h"))) return { folder: dirname(hooksPath.value), head: "" };
  if (isFile(join(hooksDir, "_", "husky.sh"))) return { folder: hooksPath.value, head: "#!/bin/sh\n" };
  return undefined;
}

function requireProject({ project }: Site): NpmProject {
  if (project) return project;
  const reason = "there is no package.json whose `prepare` script could switch it on in other clones";
  throw new CountersignError("MANAGER_UNFIT", { manager: "husky", reason, fix: "use --manager plain" });
}

/** git looks for hooks in one folder alone, so that those in another would not run any more. */
function refuseToBypass({ hooksDir }: Site): void {
  const active = findActiveHooks(hooksDir);
  if (active.length === 0) return;
  const reason = `it would switch off the hooks in ${hooksDir}: ${active.join(", ")}`;
  const fix = "use --manager plain, which goes on calling them, or move them into .husky";
  throw new CountersignError("MANAGER_UNFIT", { manager: "husky", reason, fix });
}

/** Quiet and without a failure where the package is not there, as after `npm ci --omit=dev`. */
const PREPARE = `node -e "import('countersign/husky').catch(() => {})"`;

function planPrepare({ root }: Site, project: NpmProject, draft: Draft): void {
  const path = join(project.folder, "package.json");
  const { prepare } = project.manifest.scripts ?? {};
  if (typeof prepare === "string" && /husky/.test(prepare)) return;
  const script = [PREPARE, ...rootArgument(project)].join(" ");
  const value = typeof prepare === "string" && prepare.trim() !== "" ? `${prepare} && ${script}` : script;
  const reason = "switches the hooks on in every clone, after `npm install`";
  draft.edit(path, reason, (text) => editJson(join(root, path), text, ["scripts", "prepare"], value));
}

/** husky has to be run at the root; where the project is not there, the script is told the way. */
function rootArgument({ folder }: NpmProject): readonly string[] {
  return folder === "" ? [] : [folder.replace(/[^/]+/g, "..")];
}

function hasDependency(project: NpmProject | undefined, name: string): boolean {
  const { dependencies = {}, devDependencies = {} } = project?.manifest ?? {};
  return Object.hasOwn(dependencies, name) || Object.hasOwn(devDependencies, name);
}
