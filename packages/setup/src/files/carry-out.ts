import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { CountersignError } from "@countersign/core";
import { type GitContext, readOwnSetting, writeOwnSetting } from "@countersign/git/internal";
import type { FileState, Step } from "./draft.ts";
import { takeSnapshot } from "./folder-snapshot.ts";
import { type Entry, fileEntry } from "./journal.ts";
import type { Grounds } from "./place-problem.ts";

/** Where the steps are done. */
export interface Workplace extends Grounds {
  readonly context: GitContext;
}

/**
 * Does the steps one by one. Each entry is noted as soon as what it tells is done, so that a failure in between leaves
 * nothing that could not be taken back.
 */
export async function carryOut(place: Workplace, steps: readonly Step[], note: (entry: Entry) => void): Promise<void> {
  const show = (path: string): string => relative(place.root, path);
  for (const step of steps) {
    switch (step.kind) {
      case "move":
        attempt(show(step.from), () => renameSync(step.from, step.to));
        note({ kind: "move", from: show(step.from), to: show(step.to) });
        break;
      case "write":
        attempt(show(step.path), () => {
          for (const folder of makeFolders(dirname(step.path))) note({ kind: "folder", path: show(folder) });
          writeFile(step.path, step.after);
        });
        note(fileEntry(show(step.path), step.before, step.after, step.hunks));
        break;
      case "set":
        await noteSetting(place, step.name, note, () => writeOwnSetting(place.context, step.name, step.value));
        break;
      case "run":
        await runStep(place, step, note);
        break;
    }
  }
}

export function writeFile(path: string, { bytes, mode }: FileState): void {
  writeFileSync(path, bytes, { mode });
  // The mode above is for a new file, and less what the umask takes.
  chmodSync(path, mode);
}

/** Makes the folders that are missing on the way, and tells which: the outermost first. */
function makeFolders(path: string): readonly string[] {
  const first = mkdirSync(path, { recursive: true });
  if (first === undefined) return [];
  const made = [resolve(path)];
  while (made[0] !== resolve(first)) made.unshift(dirname(made[0] as string));
  return made;
}

function attempt(path: string, act: () => void): void {
  try {
    act();
  } catch (cause) {
    throw new CountersignError("FILE_UNWRITABLE", { path, reason: (cause as Error).message }, { cause });
  }
}

async function noteSetting(
  { context }: Workplace,
  name: string,
  note: (entry: Entry) => void,
  act: () => Promise<void> | void,
): Promise<void> {
  const before = await readOwnSetting(context, name);
  try {
    await act();
  } finally {
    const after = await readOwnSetting(context, name);
    if (after !== before) {
      note({
        kind: "setting",
        name,
        ...(before === undefined ? {} : { before }),
        ...(after === undefined ? {} : { after }),
      });
    }
  }
}

/** Runs a hook manager's own installer, and notes what it changed by looking before and after. */
async function runStep(
  place: Workplace,
  { program, args, shown, cwd, writes }: Extract<Step, { kind: "run" }>,
  note: (entry: Entry) => void,
): Promise<void> {
  const show = (path: string): string => relative(place.root, path);
  const before = takeSnapshot(writes);
  await noteSetting(place, "core.hooksPath", note, () => {
    try {
      runInstaller(place.context, program, args, cwd, shown);
    } finally {
      const after = takeSnapshot(writes);
      for (const folder of after.folders) if (!before.folders.has(folder)) note({ kind: "folder", path: show(folder) });
      for (const path of new Set([...before.files.keys(), ...after.files.keys()])) {
        const [was, is] = [before.files.get(path), after.files.get(path)];
        if (!was || !is || !was.bytes.equals(is.bytes)) note(fileEntry(show(path), was, is));
      }
    }
  });
}

function runInstaller({ env }: GitContext, program: string, args: readonly string[], cwd: string, shown: string): void {
  const { status, signal, error, stdout, stderr } = spawnSync(program, args, { cwd, env, encoding: "utf8" });
  if (status === 0) return;
  const end = error ? error.message : signal ? `signal ${signal}` : `status ${status}`;
  throw new CountersignError("MANAGER_FAILED", { command: shown, end, said: `${stderr ?? ""}${stdout ?? ""}`.trim() });
}
