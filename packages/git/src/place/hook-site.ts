import { join, resolve } from "node:path";
import { CountersignError } from "@countersign/core";
import { isOff, listSettings, readSetting, type Setting } from "../config.ts";
import type { GitContext } from "../process/context.ts";
import { git } from "../process/git.ts";
import { findWorkTree } from "./work-tree.ts";

/** A hook that stands in git's configuration. git knows such from 2.54 on; older ones pass over it without a word. */
export interface ConfiguredHook {
  readonly name: string;
  readonly events: readonly string[];
  readonly command: string;
  readonly enabled: boolean;
}

/** Where the hooks of a repository run, and where git looks for them. Absolute paths. */
export interface HookSite {
  /** The root of the work tree, or the bare repository. The hooks of a push run there. */
  readonly root: string;
  readonly bare: boolean;
  /** The git folder that all work trees of the repository share. */
  readonly commonDir: string;
  /** The folder whose hooks git runs, whether there is such a folder or not. */
  readonly hooksDir: string;
  /** The setting that says so; undefined if hooks are in the git folder. */
  readonly hooksPath: Setting | undefined;
  readonly configured: readonly ConfiguredHook[];
}

/** @throws `WORK_TREE_MISSING` within the git folder of a repository that has a work tree. */
export async function findHookSite(context: GitContext): Promise<HookSite> {
  const ask = async (...args: string[]): Promise<string> =>
    (await git(context, ["rev-parse", ...args])).output.replace(/\n$/, "");
  const bare = (await ask("--is-bare-repository")) === "true";
  const root = bare ? await ask("--absolute-git-dir") : await findWorkTree({ context });
  const commonDir = await ask("--path-format=absolute", "--git-common-dir");
  const hooksPath = await readSetting(context, "core.hooksPath", "path");
  // A relative path is meant from where the hooks run.
  const hooksDir = hooksPath ? resolve(root, hooksPath.value) : join(commonDir, "hooks");
  return { root, bare, commonDir, hooksDir, hooksPath, configured: await readConfiguredHooks(context) };
}

/** The same of a repository that people work in. @throws `WORK_TREE_MISSING` in any other. */
export async function findWorkSite(context: GitContext): Promise<HookSite> {
  const site = await findHookSite(context);
  if (site.bare) throw new CountersignError("WORK_TREE_MISSING", {});
  return site;
}

async function readConfiguredHooks(context: GitContext): Promise<readonly ConfiguredHook[]> {
  const hooks = new Map<string, { events: string[]; command: string; enabled: boolean }>();
  for (const [setting, value = ""] of await listSettings(context, "^hook\\..*\\.(command|event|enabled)$")) {
    const [, name = "", field = ""] = /^hook\.(.*)\.(command|event|enabled)$/s.exec(setting) ?? [];
    if (name === "") continue;
    const hook = hooks.get(name) ?? { events: [], command: "", enabled: true };
    hooks.set(name, hook);
    if (field === "event") hook.events.push(value);
    else if (field === "command") hook.command = value;
    else hook.enabled = !isOff(value);
  }
  return [...hooks].map(([name, hook]) => ({ name, ...hook }));
}
