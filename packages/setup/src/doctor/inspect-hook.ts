import { existsSync, lstatSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { type HookSite, isExecutable } from "@countersign/git/internal";
import { escapeText } from "@countersign/report";
import { type Finding, problem } from "./finding.ts";
import { findIntended, findManager, type HookManager, mentionsCountersign, readText } from "./hook-manager.ts";
import { isAtLeast } from "./versions.ts";

/** What can be seen of a hook without running it. */
export interface HookInspection {
  readonly manager: HookManager | undefined;
  /** Whether git runs a hook at all, and the system can. */
  readonly runs: boolean;
  /** Whether git would run a hook that names countersign, as far as its text tells. */
  readonly calls: boolean;
  /** The hook of git's configuration that does the same as the file, where git runs both. */
  readonly doubledBy: string | undefined;
  /** Why it does not run, where that can be seen. */
  readonly causes: readonly Finding[];
}

/** From this version on git runs hooks that stand in its configuration. */
const CONFIGURED_HOOKS = "2.54";

export function inspectHook(
  site: HookSite,
  hook: string,
  { env, gitVersion }: { readonly env: NodeJS.ProcessEnv; readonly gitVersion: string },
): HookInspection {
  const path = join(site.hooksDir, hook);
  const text = readText(path);
  const manager = text === "" ? undefined : findManager(text, site);
  const configured = site.configured.filter(
    ({ events, command }) => events.includes(hook) && mentionsCountersign(command),
  );
  const shown = { hook, path: escapeText(path) };
  const causes: Finding[] = [];
  for (const { name, enabled } of configured) {
    if (!isAtLeast(gitVersion, CONFIGURED_HOOKS)) {
      causes.push(problem("CONFIGURED_HOOK_IGNORED", { name, version: gitVersion }));
    } else if (!enabled) causes.push(problem("CONFIGURED_HOOK_DISABLED", { name }));
  }
  const runsConfigured = configured.length > 0 && causes.length === 0;
  const unrun = findUnrun(site, shown, path, text);
  if (unrun && !runsConfigured) causes.push(unrun);
  const script = manager?.script?.(site.hooksDir, hook);
  const called = manager ? callsByManager(site, manager, hook, text) : mentionsCountersign(text);
  if (!unrun && manager && script !== undefined && !existsSync(script)) {
    causes.push(problem("HOOK_SCRIPT_MISSING", { ...shown, path: escapeText(script), manager: manager.name }));
  } else if (!unrun && !called) causes.push(problem("HOOK_FOREIGN", { ...shown, path: escapeText(script ?? path) }));
  const off = manager && findSwitch(manager, env);
  if (manager && off) causes.unshift(problem("HOOK_SWITCHED_OFF", { manager: manager.name, ...off }));
  const fileCalls = !unrun && called;
  return {
    manager,
    runs: runsConfigured || !unrun,
    calls: runsConfigured || fileCalls,
    doubledBy: runsConfigured && fileCalls ? configured[0]?.name : undefined,
    causes,
  };
}

/** Why git does not run the file, or the system cannot. */
function findUnrun(
  site: HookSite,
  shown: { readonly hook: string; readonly path: string },
  path: string,
  text: string,
): Finding | undefined {
  const intended = findIntended(site);
  const [first] = intended;
  const used = findManager(text, site);
  if (first && !mentionsCountersign(text) && !intended.some(({ manager }) => manager === used)) {
    const { name, command } = first.manager;
    return problem("MANAGER_INACTIVE", { manager: name, sign: first.sign, command });
  }
  if (!existsSync(site.hooksDir) && site.hooksPath !== undefined) {
    return problem("HOOKS_FOLDER_MISSING", { folder: escapeText(site.hooksPath.value) });
  }
  if (!lstatSync(path, { throwIfNoEntry: false })) return problem("HOOK_MISSING", shown);
  if (!existsSync(path)) return problem("HOOK_DANGLING", shown);
  if (!isExecutable(path)) return problem("HOOK_NOT_EXECUTABLE", shown);
  return /^#![^\n]*\r\n/.test(text) ? problem("HOOK_LINE_ENDS", shown) : undefined;
}

function callsByManager({ root, hooksDir }: HookSite, manager: HookManager, hook: string, text: string): boolean {
  const script = manager.script?.(hooksDir, hook);
  if (script !== undefined) return mentionsCountersign(readText(script));
  return [text, ...manager.configs.map((config) => readText(join(root, config)))].some(mentionsCountersign);
}

/** A switch that stands in the environment, or in the file that husky's stub reads first. */
function findSwitch(
  { name, off }: HookManager,
  env: NodeJS.ProcessEnv,
): { setting: string; where: string } | undefined {
  const value = env[off.variable];
  if (value !== undefined && off.value.test(value)) {
    return { setting: `${off.variable}=${escapeText(value)}`, where: "in the environment" };
  }
  if (name !== "husky") return undefined;
  const file = join(env["XDG_CONFIG_HOME"] ?? join(env["HOME"] ?? homedir(), ".config"), "husky", "init.sh");
  return /^\s*(?:export\s+)?HUSKY=["']?0\b/m.test(readText(file))
    ? { setting: "HUSKY=0", where: `in ${escapeText(file)}` }
    : undefined;
}
