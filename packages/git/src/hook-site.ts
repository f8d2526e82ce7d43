import { resolve } from "node:path";
import { type GitContext, readGit } from "./git.ts";
import { findWorkTree } from "./work-tree.ts";

/** A hook that stands in git's configuration. git knows such from 2.54 on; older ones pass over it without a word. */
export interface ConfiguredHook {
  readonly name: string;
  readonly events: readonly string[];
  readonly command: string;
  readonly enabled: boolean;
}

/** Where git looks for the hooks of a repository. */
export interface HookSite {
  /** The root of the work tree, or the bare repository. The hooks of a push run there. */
  readonly root: string;
  readonly bare: boolean;
  /** An absolute path, whether there is such a folder or not. */
  readonly folder: string;
  /** `core.hooksPath` as it is set; undefined where hooks are in the git folder. */
  readonly hooksPath: string | undefined;
  readonly configured: readonly ConfiguredHook[];
}

/** @throws `WORK_TREE_MISSING` within the git folder of a repository that has a work tree. */
export async function findHookSite(context: GitContext): Promise<HookSite> {
  const ask = async (cwd: string, ...args: string[]): Promise<string> =>
    (await readGit({ ...context, cwd }, ["rev-parse", ...args])).output.replace(/\n$/, "");
  const bare = (await ask(context.cwd, "--is-bare-repository")) === "true";
  const root = bare ? await ask(context.cwd, "--absolute-git-dir") : await findWorkTree({ context });
  // A relative core.hooksPath is meant from where the hooks run.
  const folder = resolve(root, await ask(root, "--git-path", "hooks"));
  const { status, output } = await readGit(context, ["config", "--type=path", "-z", "--get", "core.hooksPath"], [0, 1]);
  const hooksPath = status === 0 ? output.replace(/\0$/, "") : undefined;
  return { root, bare, folder, hooksPath, configured: await readConfiguredHooks(context) };
}

async function readConfiguredHooks(context: GitContext): Promise<readonly ConfiguredHook[]> {
  const { output } = await readGit(
    context,
    ["config", "-z", "--get-regexp", "^hook\\..*\\.(command|event|enabled)$"],
    [0, 1],
  );
  const hooks = new Map<string, { events: string[]; command: string; enabled: boolean }>();
  for (const entry of output.split("\0")) {
    const [, name = "", field = "", value = ""] = /^hook\.(.*)\.(command|event|enabled)(?:\n(.*))?$/s.exec(entry) ?? [];
    if (name === "") continue;
    const hook = hooks.get(name) ?? { events: [], command: "", enabled: true };
    hooks.set(name, hook);
    if (field === "event") hook.events.push(value);
    else if (field === "command") hook.command = value;
    else hook.enabled = !/^(?:false|no|off|0)$/i.test(value);
  }
  return [...hooks].map(([name, hook]) => ({ name, ...hook }));
}
