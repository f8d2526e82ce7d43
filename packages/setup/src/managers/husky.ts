import { homedir } from "node:os";
import { basename, dirname, isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { CountersignError } from "@countersign/core";
import { editJson } from "../files/edits/edit-json.ts";
import { isFile, readText } from "../files/file-state.ts";
import type { Plan } from "../files/plan.ts";
import { dependsOn, type NpmProject } from "../npm-project.ts";
import type { Surroundings } from "../surroundings.ts";
import { addToHookFile } from "./hook-file.ts";
import { findSwitch, type HookRunner, type OffSwitch } from "./manager.ts";
import { findActiveHooks } from "./plain-hooks.ts";

/** husky: a folder of shell scripts, and `core.hooksPath` that leads to it. It comes with the package countersign. */
export const husky: HookRunner = {
  name: "husky",
  isUsed: (surroundings) => findInstalled(surroundings) !== undefined || dependsOn(surroundings.project, "husky"),
  planInstall(surroundings, plan) {
    const project = requireProject(surroundings);
    const installed = findInstalled(surroundings);
    if (!installed) refuseToBypass(surroundings);
    const { folder, head } = installed ?? { folder: join(project.folder, ".husky"), head: "" };
    for (const hook of surroundings.hooks)
      addToHookFile(surroundings, plan, join(surroundings.root, folder, hook), hook, head);
    planPrepare(surroundings, project, plan);
    if (installed) return;
    plan.run({
      reason: "sets core.hooksPath, as `npm install` will in every other clone",
      program: process.execPath,
      args: [HUSKY_SCRIPT, ...rootArgument(project)],
      shown: "husky",
      cwd: join(surroundings.root, project.folder),
      writes: [join(surroundings.root, folder)],
    });
  },
  wrote: (text, folder) => basename(folder) === "_" && /\$0"?\)\/h"/.test(text),
  configs: [".husky/pre-push"],
  command: "npx husky",
  scriptOf: (folder, hook) => join(dirname(folder), hook),
  switchedOff: (env) => findSwitch(env, "HUSKY", /^0$/) ?? findSwitchFile(env),
};

/** A file of the user's that husky's hooks read first. */
function findSwitchFile(env: NodeJS.ProcessEnv): OffSwitch | undefined {
  const file = join(env["XDG_CONFIG_HOME"] ?? join(env["HOME"] ?? homedir(), ".config"), "husky", "init.sh");
  return /^\s*(?:export\s+)?HUSKY=["']?0\b/m.test(readText(file)) ? { setting: "HUSKY=0", file } : undefined;
}

/** The script that package.json's `prepare` runs too. It is installed beside this program, whose chunks have a folder below. */
const HUSKY_SCRIPT = fileURLToPath(new URL("../husky.js", import.meta.url));

/**
 * The folder of the scripts where husky is switched on, from the root, and how a script begins: husky 9 has sh run them
 * and they need neither a first line nor to be executable; git itself runs those of husky 8.
 */
function findInstalled({
  hooksDir,
  hooksPath,
}: Surroundings): { readonly folder: string; readonly head: string } | undefined {
  if (!hooksPath || isAbsolute(hooksPath.value)) return undefined;
  if (isFile(join(hooksDir, "h"))) return { folder: dirname(hooksPath.value), head: "" };
  if (isFile(join(hooksDir, "_", "husky.sh"))) return { folder: hooksPath.value, head: "#!/bin/sh\n" };
  return undefined;
}

function requireProject({ project }: Surroundings): NpmProject {
  if (project) return project;
  const reason = "there is no package.json whose `prepare` script could switch it on in other clones";
  throw new CountersignError("MANAGER_UNFIT", { manager: "husky", reason, fix: "use --manager plain" });
}

/** git looks for hooks in one folder alone, so that those in another would not run any more. */
function refuseToBypass({ hooksDir }: Surroundings): void {
  const active = findActiveHooks(hooksDir);
  if (active.length === 0) return;
  const reason = `it would switch off the hooks in ${hooksDir}: ${active.join(", ")}`;
  const fix = "use --manager plain, which goes on calling them, or move them into .husky";
  throw new CountersignError("MANAGER_UNFIT", { manager: "husky", reason, fix });
}

/** Quiet and without a failure where the package is not there, as after `npm ci --omit=dev`. */
const PREPARE = `node -e "import('countersign/husky').catch(() => {})"`;

function planPrepare({ root }: Surroundings, project: NpmProject, plan: Plan): void {
  const path = join(project.folder, "package.json");
  const { prepare } = project.manifest.scripts ?? {};
  if (typeof prepare === "string" && /husky/.test(prepare)) return;
  const script = [PREPARE, ...rootArgument(project)].join(" ");
  const value = typeof prepare === "string" && prepare.trim() !== "" ? `${prepare} && ${script}` : script;
  const reason = "switches the hooks on in every clone, after `npm install`";
  plan.edit(path, reason, (text) => editJson(join(root, path), text, ["scripts", "prepare"], value));
}

/** husky has to be run at the root; where the project is not there, the script is told the way. */
function rootArgument({ folder }: NpmProject): readonly string[] {
  return folder === "" ? [] : [folder.replace(/[^/]+/g, "..")];
}
