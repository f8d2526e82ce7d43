import { spawnSync } from "node:child_process";
import { renameSync, unlinkSync } from "node:fs";
import { dirname, relative } from "node:path";
import { CountersignError } from "@countersign/core";
import {
  addToLedger,
  type GitContext,
  readLocalLedger,
  readOwnSetting,
  withRepository,
  writeOwnSetting,
} from "@countersign/git/internal";
import { type FileState, readState } from "./file-state.ts";
import { takeSnapshot } from "./folder-snapshot.ts";
import { fileProblem, type Workplace } from "./grounds.ts";
import { type Entry, fileEntry } from "./journal.ts";
import type { Step } from "./step.ts";
import { undo } from "./undo.ts";
import { UnwritableFile } from "./unwritable-file.ts";
import { makeFolders, removeEmptyFolders, writeFile } from "./write-file.ts";

export interface ApplyOptions {
  /** Gets what was done so far, each time that there is more. */
  readonly note?: (entries: readonly Entry[]) => void;
  /** Throws where what was done does not do. */
  readonly prove?: () => Promise<void>;
}

/** Does all of the steps or none: where one fails, those before it are undone. */
export async function apply(place: Workplace, steps: readonly Step[], options: ApplyOptions = {}): Promise<void> {
  const entries: Entry[] = [];
  const note = (entry: Entry): void => {
    entries.push(entry);
    options.note?.(entries);
  };
  try {
    for (const step of steps) await doStep(place, step, note);
    await options.prove?.();
  } catch (error) {
    await undo(place, entries);
    throw error;
  }
}

/** Each entry is noted as soon as it is true, so that a failure in between leaves nothing that could not be undone. */
async function doStep(place: Workplace, step: Step, note: (entry: Entry) => void): Promise<void> {
  const show = (path: string): string => relative(place.root, path);
  switch (step.kind) {
    case "move":
      attempt(show(step.from), () => renameSync(step.from, step.to));
      note({ kind: "move", from: show(step.from), to: show(step.to) });
      break;
    case "write":
      refuseIfChanged(place, step);
      attempt(show(step.path), () => {
        for (const folder of makeFolders(dirname(step.path))) note({ kind: "folder", path: show(folder) });
        writeFile(step.path, step.after, step.before !== undefined);
      });
      note(fileEntry(show(step.path), step.before, step.after, step.hunks));
      break;
    case "remove":
      refuseIfChanged(place, step);
      attempt(show(step.path), () => unlinkSync(step.path));
      note(fileEntry(show(step.path), step.before, undefined));
      removeEmptyFolders(place.root, dirname(step.path));
      break;
    case "set":
      await noteSetting(place, step.name, note, () => writeOwnSetting(place.context, step.name, step.value));
      break;
    case "ledger":
      await addFile(place, step, note);
      break;
    case "run":
      await runStep(place, step, note);
      break;
  }
}

/** A person may have taken some time over the plan: what came meanwhile is not lost. */
function refuseIfChanged(place: Workplace, { path, before }: { readonly path: string; readonly before?: FileState }) {
  const now = fileProblem(place, path) ?? readState(path);
  const same = typeof now !== "string" && (before && now ? before.bytes.equals(now.bytes) : before === now);
  if (same) return;
  const reason = typeof now === "string" ? now : "it was changed after the plan was made";
  throw new UnwritableFile(relative(place.root, path), reason);
}

function attempt(path: string, act: () => void): void {
  try {
    act();
  } catch (cause) {
    throw new UnwritableFile(path, (cause as Error).message, cause);
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

/** Neither index nor work tree is touched. */
async function addFile(
  { context }: Workplace,
  { ledger, file }: Extract<Step, { kind: "ledger" }>,
  note: (entry: Entry) => void,
): Promise<void> {
  const { ref } = ledger;
  await withRepository(context, async (repository) => {
    const before = await readLocalLedger(repository, ref);
    const after = await addToLedger(repository, ledger, { files: [file] });
    if (after !== before) note({ kind: "branch", ref, ...(before === undefined ? {} : { before }), after });
  });
}

/** Runs a hook manager's own installer, and notes what it changed by looking before and after. */
async function runStep(
  place: Workplace,
  { program, args, shown, cwd, writes, settings = [] }: Extract<Step, { kind: "run" }>,
  note: (entry: Entry) => void,
): Promise<void> {
  const show = (path: string): string => relative(place.root, path);
  const before = takeSnapshot(writes);
  const install = async (): Promise<void> => {
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
  };
  const noted = ["core.hooksPath", ...settings].reduce<() => Promise<void>>(
    (act, name) => () => noteSetting(place, name, note, act),
    install,
  );
  await noted();
}

function runInstaller({ env }: GitContext, program: string, args: readonly string[], cwd: string, shown: string): void {
  const { status, signal, error, stdout, stderr } = spawnSync(program, args, { cwd, env, encoding: "utf8" });
  if (status === 0) return;
  const end = error ? error.message : signal ? `signal ${signal}` : `status ${status}`;
  throw new CountersignError("MANAGER_FAILED", { command: shown, end, said: `${stderr ?? ""}${stdout ?? ""}`.trim() });
}
