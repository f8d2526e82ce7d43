import { CountersignError, isCountersignError } from "@countersign/core";
import { decodeStrictly, decodeText, encodeText } from "@countersign/core/internal";
import type { HookFile, Installer, OwnFile } from "./installer.ts";
import { addHooks, type HookState, mergedState, removeHooks } from "./merge-hooks.ts";
import { type OwnFileState, ownFileState, ownFileText } from "./own-file.ts";
import type { Project } from "./project.ts";
import { expectWritable, readWorkTreeFile, type WorkTreeFile } from "./work-tree-file.ts";
import type { FileChange } from "./write-files.ts";

/** What is to be done for one agent. Nothing has been written yet. */
export interface AgentPlan {
  readonly installer: Installer;
  /** Its files; those that stay as they are have the same bytes before and after. */
  readonly files: readonly FileChange[];
}

export interface AgentState {
  readonly state: HookState;
  readonly paths: readonly string[];
}

/** @throws `AGENT_FILE_INVALID`, `AGENT_FILE_TAKEN`, `AGENT_FILE_UNUSABLE`. */
export function planInstall(project: Project, installer: Installer): AgentPlan {
  return plan(project, installer, (file) => installInto(project, file));
}

/**
 * With `named` where this very agent was asked for. Else what we would not write through holds nothing of ours.
 * @throws as `planInstall`.
 */
export function planUninstall(project: Project, installer: Installer, named: boolean): AgentPlan {
  return plan(project, installer, (file) => uninstallFrom(project, file, named));
}

function plan({ root }: Project, installer: Installer, change: (file: HookFile) => FileChange): AgentPlan {
  const files = installer.files.map(change);
  for (const file of files) if (changesAnything(file)) expectWritable(root, file);
  return { installer, files };
}

/** @throws as `planInstall`. */
export function readState(project: Project, installer: Installer): AgentState {
  const found = installer.files.map((file) => {
    const { path, before } = locate(project, file);
    const state: OwnFileState =
      file.kind === "own"
        ? ownFileState(before && decodeText(before.bytes), file, project.launcher)
        : mergedState(before && textOf(path, before.bytes), file, project.launcher, path);
    return { path, state };
  });
  const count = (wanted: HookState): number => found.filter(({ state }) => state === wanted).length;
  const paths = found.map(({ path }) => path);
  if (count("installed") === found.length) return { state: "installed", paths };
  const foreign = found.filter(({ state }) => state === "foreign").length;
  return { state: count("absent") + foreign === found.length ? "absent" : "outdated", paths };
}

/** Whether a plan changes anything. */
export function changesAnything({ before, after }: FileChange): boolean {
  return (
    !(before && after && before.bytes.equals(after.bytes) && before.mode === after.mode) && Boolean(before ?? after)
  );
}

function installInto(project: Project, file: HookFile): FileChange {
  const found = locate(project, file);
  const { path, before } = found;
  const next =
    file.kind === "own"
      ? installOwn(path, before && decodeText(before.bytes), file, project)
      : addHooks(before && textOf(path, before.bytes), file, project.launcher, path);
  const executable = file.kind === "own" && file.executable;
  const mode = found.before ? found.before.mode | (executable ? 0o111 : 0) : executable ? 0o777 : 0o666;
  return { ...found, after: { bytes: Buffer.from(encodeText(next)), mode } };
}

function uninstallFrom(project: Project, file: HookFile, named: boolean): FileChange {
  const found = named ? locate(project, file) : locateOrNothing(project, file);
  const { path, before } = found;
  if (!before) return found;
  const kept = { ...found, after: before };
  if (file.kind === "own") {
    const state = ownFileState(decodeText(before.bytes), file, project.launcher);
    if (state === "changed") throw taken(path, "was changed after countersign had written it");
    return state === "foreign" ? kept : found;
  }
  // Nobody has to correct a file for us that holds nothing of ours.
  if (!isOurs(found, file.sign)) return kept;
  const rest = removeHooks(textOf(path, before.bytes), file, path);
  return rest === undefined ? found : { ...found, after: { ...before, bytes: Buffer.from(encodeText(rest)) } };
}

function installOwn(path: string, text: string | undefined, file: OwnFile, { launcher }: Project): string {
  const state = ownFileState(text, file, launcher);
  if (state === "foreign") throw taken(path, "is there already, and is not countersign's");
  if (state === "changed") throw taken(path, "was changed after countersign had written it");
  return state === "installed" && text !== undefined ? text : ownFileText(file, launcher);
}

function taken(file: string, problem: string): CountersignError {
  return new CountersignError("AGENT_FILE_TAKEN", { file, problem });
}

/** The file that our hooks stand in, else the first that there is, else the one to be made. */
function locate({ root }: Project, file: HookFile): WorkTreeFile {
  if (file.kind === "own") return readWorkTreeFile(root, file.path);
  const [first, ...others] = file.paths.map((path) => readWorkTreeFile(root, path));
  const there = [first, ...others].filter((found) => found?.before !== undefined);
  return (there.find((found) => found && isOurs(found, file.sign)) ?? there[0] ?? first) as WorkTreeFile;
}

function locateOrNothing(project: Project, file: HookFile): WorkTreeFile {
  try {
    return locate(project, file);
  } catch (error) {
    if (!isCountersignError(error)) throw error;
    return { path: file.kind === "own" ? file.path : file.paths[0] };
  }
}

function isOurs({ before }: WorkTreeFile, sign: string): boolean {
  return before?.bytes.includes(sign) ?? false;
}

function textOf(file: string, bytes: Buffer): string {
  const text = decodeStrictly(bytes);
  if (text === undefined) throw new CountersignError("AGENT_FILE_INVALID", { file, problem: "it is not UTF-8" });
  return text;
}
