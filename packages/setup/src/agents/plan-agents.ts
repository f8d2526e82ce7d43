import { isUtf8 } from "node:buffer";
import { CountersignError, isCountersignError } from "@countersign/core";
import { isChanged, type Plan } from "../files/plan.ts";
import { inAgentWords } from "./agent-faults.ts";
import type { AgentFile, Installer, Launcher, MergedFile } from "./installers/installer.ts";
import { addHooks, type HookState, mergedState, removeHooks } from "./merge-hooks.ts";
import { addOwnFile, ownFileState, removeOwnFile } from "./own-file.ts";

/** An agent and its files, whether a plan changes them or they stay as they are. */
export interface AgentPlan {
  readonly installer: Installer;
  /** From the root of the work tree. */
  readonly paths: readonly string[];
}

/** Whether a plan changes a file of this agent. */
export function changesAgent(plan: Plan, { paths }: AgentPlan): boolean {
  return paths.some((path) => isChanged(plan.change(path)));
}

/** @throws `AGENT_FILE_INVALID`, `AGENT_FILE_TAKEN`, `AGENT_FILE_UNUSABLE`. */
export function planAgentInstall(plan: Plan, installer: Installer, launcher: Launcher): AgentPlan {
  const reason = `lets ${installer.name} mark what it writes`;
  return planFiles(installer, (file) => {
    const found = locate(plan, file);
    const { path } = found;
    const text = textOf(found, file);
    if (file.kind === "own" && file.executable) plan.script(path);
    const next = file.kind === "own" ? addOwnFile(text, file, launcher, path) : addHooks(text, file, launcher, path);
    plan.edit(path, reason, () => next, { executable: file.kind === "own" && file.executable });
    return path;
  });
}

/**
 * With `named` where this very agent was asked for. Else what we would not write through holds nothing of ours.
 * @throws as `planAgentInstall`.
 */
export function planAgentUninstall(plan: Plan, installer: Installer, launcher: Launcher, named: boolean): AgentPlan {
  const reason = `removes the hooks of ${installer.name}`;
  return planFiles(installer, (file) => {
    const found = named ? locate(plan, file) : locateIfUsable(plan, file);
    // Nobody has to correct a file for us that holds nothing of ours.
    if (!found?.bytes || (file.kind === "merged" && !isOurs(found.bytes, file))) return found?.path;
    const { path } = found;
    const text = textOf(found, file) ?? "";
    const rest = file.kind === "own" ? removeOwnFile(text, file, launcher, path) : removeHooks(text, file, path);
    if (rest === undefined) plan.remove(path, reason);
    else plan.edit(path, reason, () => rest);
    return path;
  });
}

function planFiles(installer: Installer, planFile: (file: AgentFile) => string | undefined): AgentPlan {
  const paths = inAgentWords(() => installer.files.map(planFile));
  return { installer, paths: paths.filter((path) => path !== undefined) };
}

/** How it stands with the hooks of an agent, and in which files. @throws as `planAgentInstall`. */
export function readAgentState(
  plan: Plan,
  installer: Installer,
  launcher: Launcher,
): { readonly state: HookState; readonly paths: readonly string[] } {
  const found = inAgentWords(() =>
    installer.files.map((file) => {
      const found = locate(plan, file);
      const { path } = found;
      const text = textOf(found, file);
      const state = file.kind === "own" ? ownFileState(text, file, launcher) : mergedState(text, file, launcher, path);
      return { path, state };
    }),
  );
  const paths = found.map(({ path }) => path);
  if (found.every(({ state }) => state === "installed")) return { state: "installed", paths };
  const absent = found.every(({ state }) => state === "absent" || state === "foreign");
  return { state: absent ? "absent" : "outdated", paths };
}

interface Located {
  readonly path: string;
  /** Undefined if there is no file. */
  readonly bytes: Buffer | undefined;
}

/** The file that our hooks stand in, else the first that there is, else the one to be made. */
function locate(plan: Plan, file: AgentFile): Located {
  if (file.kind === "own") return { path: file.path, bytes: plan.open(file.path) };
  const all = file.paths.map((path) => ({ path, bytes: plan.open(path) }));
  const there = all.filter(({ bytes }) => bytes !== undefined);
  const ours = there.find(({ bytes }) => bytes !== undefined && isOurs(bytes, file));
  return ours ?? there[0] ?? { path: file.paths[0], bytes: undefined };
}

function locateIfUsable(plan: Plan, file: AgentFile): Located | undefined {
  try {
    return locate(plan, file);
  } catch (error) {
    if (!isCountersignError(error)) throw error;
    return undefined;
  }
}

function isOurs(bytes: Buffer, { sign }: MergedFile): boolean {
  return bytes.includes(sign);
}

/** A file of ours that is not UTF-8 is no longer ours, which its own stamp shows. */
function textOf({ path, bytes }: Located, { kind }: AgentFile): string | undefined {
  if (kind === "own" || !bytes || isUtf8(bytes)) return bytes?.toString("utf8");
  throw new CountersignError("AGENT_FILE_INVALID", { file: path, problem: "it is not UTF-8" });
}
