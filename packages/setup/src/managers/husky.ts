import { homedir } from "node:os";
import { basename, dirname, isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { CountersignError } from "@countersign/core";
import { editJson } from "../files/edits/edit-json.ts";
import { isFile, readText } from "../files/file-state.ts";
import type { Plan } from "../files/plan.ts";
import { dependsOn, type NpmProject, readNpmProject } from "../npm-project.ts";
import { findPackageManager, type PackageManager } from "../package-manager.ts";
import type { Surroundings } from "../surroundings.ts";
import { addToHookFile } from "./hook-file.ts";
import { hasLinkedHooks, LINKED_FOLDER, LINKED_SETTING, linkedScripts } from "./linked-husky.ts";
import { findSwitch, type HookRunner, type OffSwitch } from "./manager.ts";
import { findActiveHooks } from "./plain-hooks.ts";

/** husky: a folder of shell scripts, and `core.hooksPath` that leads to it. It comes with the package countersign. */
export const husky: HookRunner = {
  name: "husky",
  isUsed: (surroundings) => findInstalled(surroundings) !== undefined || dependsOn(surroundings.project, "husky"),
  planInstall(surroundings, plan) {
    const project = requireProject(surroundings);
    const packages = findPackageManager(surroundings.root, project);
    const installed = findInstalled(surroundings);
    if (!installed) refuseToBypass(surroundings);
    const { folder, head } = installed ?? { folder: join(project.folder, ".husky"), head: "" };
    for (const hook of surroundings.hooks)
      addToHookFile(surroundings, plan, join(surroundings.root, folder, hook), hook, head);
    const command = planScript(surroundings, project, packages, plan);
    // git runs the scripts of husky 8 themselves, which every work tree has.
    if (head !== "" || (installed && hasLinkedHooks(surroundings.commonDir, folder))) return;
    plan.run({
      reason: `sets core.hooksPath, as \`${command}\` will in every other clone`,
      program: process.execPath,
      args: [HUSKY_SCRIPT, ...rootArgument(project)],
      shown: "husky",
      cwd: join(surroundings.root, project.folder),
      writes: [join(surroundings.root, folder), join(surroundings.commonDir, LINKED_FOLDER)],
      settings: [LINKED_SETTING],
    });
  },
  wrote: (text, folder) => (basename(folder) === "_" && /\$0"?\)\/h"/.test(text)) || linkedScripts(text) !== undefined,
  configs: [".husky/pre-push"],
  command(root) {
    const project = readNpmProject(root);
    if (!project) return "npx husky";
    const { name, install, script, scriptsOff } = findPackageManager(root, project);
    const scripts = Object.entries(project.manifest.scripts ?? {});
    const [own] = scripts.find(([, text]) => /countersign\/husky/.test(textOf(text))) ?? [];
    if (own === undefined)
      return scripts.some(([, text]) => /husky/.test(textOf(text))) ? `${name} run ${script}` : "npx husky";
    return scriptsOff === undefined ? install : `${name} run ${own}`;
  },
  scriptOf({ root, hooksDir }, hook) {
    const linked = linkedScripts(readText(join(hooksDir, hook)));
    return linked === undefined ? join(dirname(hooksDir), hook) : join(root, linked, hook);
  },
  switchedOff: (env) => findSwitch(env, "HUSKY", /^0$/) ?? findSwitchFile(env),
};

/** A file of the user's that husky's hooks read first. */
function findSwitchFile(env: NodeJS.ProcessEnv): OffSwitch | undefined {
  const file = join(env["XDG_CONFIG_HOME"] ?? join(env["HOME"] ?? homedir(), ".config"), "husky", "init.sh");
  return /^[ \t]*(?:export[ \t]+)?HUSKY=["']?0\b/m.test(readText(file)) ? { setting: "HUSKY=0", file } : undefined;
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
  const linked = linkedScripts(readText(join(hooksDir, "pre-push")));
  if (linked !== undefined) return { folder: linked, head: "" };
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
const SWITCH_ON = `node -e "import('countersign/husky').catch(() => {})"`;

/** Plans the script that switches the hooks on in other clones; returns what people type there. */
function planScript({ root }: Surroundings, project: NpmProject, packages: PackageManager, plan: Plan): string {
  const { name, install, script, scriptsOff } = packages;
  const path = join(project.folder, "package.json");
  const scripts = project.manifest.scripts ?? {};
  const former = textOf(scripts[script]);
  // npm, pnpm and bun run `postprepare` behind a `prepare` that switches husky on by itself.
  const own = /husky/.test(former) && !/countersign\/husky/.test(former);
  const place = own && script === "prepare" ? "postprepare" : script;
  const command = scriptsOff === undefined ? install : `${name} run ${place}`;
  if (scriptsOff !== undefined) {
    plan.notes.push(
      `${scriptsOff} has \`${install}\` run no scripts, so the hooks are off in a clone until someone runs \`${command}\` there`,
    );
  }
  const before = textOf(scripts[place]);
  if (/countersign\/husky/.test(before)) return command;
  const ours = [SWITCH_ON, ...rootArgument(project)].join(" ");
  plan.edit(path, `switches the hooks on in every clone, after \`${command}\``, (text) =>
    editJson(join(root, path), text, ["scripts", place], before === "" ? ours : `${before} && ${ours}`),
  );
  return command;
}

function textOf(script: unknown): string {
  return typeof script === "string" ? script.trim() : "";
}

/** husky has to be run at the root; where the project is not there, the script is given the way. */
function rootArgument({ folder }: NpmProject): readonly string[] {
  return folder === "" ? [] : [folder.replace(/[^/]+/g, "..")];
}
