import { existsSync, lstatSync } from "node:fs";
import { join } from "node:path";
import { type HookSite, isExecutable } from "@countersign/git/internal";
import { escapeText } from "@countersign/report";
import { readText } from "../../files/file-state.ts";
import type { HookRunner } from "../../managers/manager.ts";
import { RUNNERS } from "../../managers/managers.ts";
import { type CheckResult, problem } from "../check-result.ts";
import { isAtLeast } from "../checks/versions.ts";
import { mentionsCountersign } from "./mentions.ts";
import type { Trial } from "./trial.ts";

/** What can be seen of a hook without running it. */
export interface HookInspection {
  /** What git runs the hook by; undefined if git runs it itself. */
  readonly manager: HookRunner | undefined;
  /** Whether git runs a hook at all, and the system can. */
  readonly runs: boolean;
  /** Whether git would run a hook that names countersign, as far as its text says. */
  readonly calls: boolean;
  /** The hook of git's configuration that does the same as the file, where git runs both. */
  readonly doubledBy: string | undefined;
  /** Why it does not run, where that can be seen. */
  readonly causes: readonly CheckResult[];
}

/** From this version on git runs hooks that stand in its configuration. */
const CONFIGURED_HOOKS = "2.54";

export function inspectHook({ site, env, gitVersion }: Trial, hook: string): HookInspection {
  const path = join(site.hooksDir, hook);
  const text = readText(path);
  const manager = text === "" ? undefined : findRunner(text, site);
  const configured = site.configured.filter(
    ({ events, command }) => events.includes(hook) && mentionsCountersign(command),
  );
  const shown = { hook, path: escapeText(path) };
  const causes: CheckResult[] = [];
  for (const { name, enabled } of configured) {
    if (!isAtLeast(gitVersion, CONFIGURED_HOOKS)) {
      causes.push(problem("CONFIGURED_HOOK_IGNORED", { name, version: gitVersion }));
    } else if (!enabled) causes.push(problem("CONFIGURED_HOOK_DISABLED", { name }));
  }
  const runsConfigured = configured.length > 0 && causes.length === 0;
  const unrun = findUnrun(site, shown, path, text);
  if (unrun && !runsConfigured) causes.push(unrun);
  const script = manager?.scriptOf?.(site, hook);
  const unread = script !== undefined && hasBareReturns(readText(script));
  const called = !unread && (manager ? callsByManager(site, manager, hook, text) : mentionsCountersign(text));
  if (!unrun && manager && script !== undefined && !existsSync(script)) {
    causes.push(problem("HOOK_SCRIPT_MISSING", { ...shown, path: escapeText(script), manager: manager.name }));
  } else if (!unrun && unread) {
    causes.push(problem("HOOK_LINE_ENDS", { ...shown, path: escapeText(script) }));
  } else if (!unrun && !called) causes.push(problem("HOOK_FOREIGN", { ...shown, path: escapeText(script ?? path) }));
  const off = manager?.switchedOff(env);
  if (manager && off) {
    const where = off.file === undefined ? "in the environment" : `in ${escapeText(off.file)}`;
    causes.unshift(problem("HOOK_SWITCHED_OFF", { manager: manager.name, setting: escapeText(off.setting), where }));
  }
  const fileCalls = !unrun && called;
  return {
    manager,
    runs: runsConfigured || !unrun,
    calls: runsConfigured || fileCalls,
    doubledBy: runsConfigured && fileCalls ? configured[0]?.name : undefined,
    causes,
  };
}

/** Whether lines end as on Windows, in a script that does not bear it as ours do. */
function hasBareReturns(text: string): boolean {
  return text.includes("\r\n") && !/^countersign_cr=\r$/m.test(text);
}

/** Why git does not run the file, or the system cannot. */
function findUnrun(
  site: HookSite,
  shown: { readonly hook: string; readonly path: string },
  path: string,
  text: string,
): CheckResult | undefined {
  const intended = findIntended(site);
  const [first] = intended;
  const used = findRunner(text, site);
  if (first && !mentionsCountersign(text) && !intended.some(({ runner }) => runner === used)) {
    const { name: manager } = first.runner;
    return problem("MANAGER_INACTIVE", { manager, sign: first.config, command: first.runner.command(site.root) });
  }
  if (!existsSync(site.hooksDir) && site.hooksPath !== undefined) {
    return problem("HOOKS_FOLDER_MISSING", { folder: escapeText(site.hooksPath.value) });
  }
  if (!lstatSync(path, { throwIfNoEntry: false })) return problem("HOOK_MISSING", shown);
  if (!existsSync(path)) return problem("HOOK_DANGLING", shown);
  if (!isExecutable(path)) return problem("HOOK_NOT_EXECUTABLE", shown);
  return /^#![^\n]*\r\n/.test(text) ? problem("HOOK_LINE_ENDS", shown) : undefined;
}

function callsByManager(site: HookSite, manager: HookRunner, hook: string, text: string): boolean {
  const script = manager.scriptOf?.(site, hook);
  if (script !== undefined) return mentionsCountersign(readText(script));
  return [text, ...manager.configs.map((config) => readText(join(site.root, config)))].some(mentionsCountersign);
}

/** What wrote a hook that git runs. */
function findRunner(hookText: string, { hooksDir }: HookSite): HookRunner | undefined {
  return RUNNERS.find((runner) => runner.wrote(hookText, hooksDir));
}

/** Managers that are set up for countersign, each with the file that shows it. Some read one another's. */
function findIntended({ root }: HookSite): readonly { readonly runner: HookRunner; readonly config: string }[] {
  return RUNNERS.flatMap((runner) => {
    const config = runner.configs.find((path) => mentionsCountersign(readText(join(root, path))));
    const meant = config !== undefined && (runner.isAddressed?.(config, readText(join(root, config))) ?? true);
    return meant ? [{ runner, config }] : [];
  });
}
