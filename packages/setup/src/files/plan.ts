import { isUtf8 } from "node:buffer";
import { relative, resolve } from "node:path";
import { changedPart } from "./changed-part.ts";
import { type FileState, isFile, readState } from "./file-state.ts";
import { fileProblem, folderProblem, type Grounds, isInside, permissionProblem } from "./grounds.ts";
import type { Hunk, Step } from "./step.ts";
import { UnwritableFile } from "./unwritable-file.ts";

/** What a file becomes; absent if there is none. */
export interface FileChange {
  readonly before?: FileState;
  readonly after?: FileState;
}

export function isChanged({ before, after }: FileChange): boolean {
  return !before || !after ? before !== after : !before.bytes.equals(after.bytes) || before.mode !== after.mode;
}

interface PlannedFile {
  readonly before: FileState | undefined;
  readonly encoding: "utf8" | "latin1";
  /** Undefined if there is to be none. */
  text: string | undefined;
  mode: number;
  readonly hunks: Hunk[];
  readonly reasons: string[];
}

/**
 * All that is to be done, before anything is done. Later parts see the files as earlier ones leave them. Whatever would
 * write elsewhere than in the repository, or through a link, throws `FILE_UNWRITABLE`.
 */
export class Plan {
  readonly #grounds: Grounds;
  /** What a person should know beside the steps. */
  readonly notes: string[] = [];
  /** Programs without which git will run no hook. */
  readonly missing: string[] = [];
  /** Absolute paths of shell scripts that are ours, or have a part of ours, whether or not they change. */
  readonly scripts = new Set<string>();
  readonly #files = new Map<string, PlannedFile>();
  readonly #moves: Step[] = [];
  readonly #rest: Step[] = [];

  constructor(grounds: Grounds) {
    this.#grounds = grounds;
  }

  /** The text that a file is to have; undefined if there is none. */
  read(path: string): string | undefined {
    const file = this.#resolve(path);
    const planned = this.#files.get(file);
    if (planned) return planned.text;
    const state = readState(file);
    return state && decode(state.bytes).text;
  }

  /** The bytes that a file is to have, where it is one that may be changed. */
  open(path: string): Buffer | undefined {
    const file = this.#resolve(path);
    this.#refuse(file, fileProblem(this.#grounds, file));
    return this.change(path).after?.bytes;
  }

  /** Makes a file that is ours as a whole, unless one is there: changed by others, it is theirs. */
  create(path: string, reason: string, text: string, { executable = false } = {}): void {
    const file = this.#resolve(path);
    if (this.#files.has(file) || isFile(file)) return;
    this.#refuse(file, fileProblem(this.#grounds, file) ?? permissionProblem(file, false));
    this.#files.set(file, { ...newFile(), text, mode: executable ? 0o777 : 0o666, reasons: [reason] });
  }

  /** Changes a file that others have a part in, or makes one: `change` gets "" where there is none. A change to the same text counts as no change. */
  edit(path: string, reason: string, change: (text: string) => string, { executable = false } = {}): void {
    const file = this.#resolve(path);
    const planned = this.#files.get(file) ?? this.#load(file);
    const before = planned.text ?? "";
    const text = change(before);
    const mode = executable ? planned.mode | 0o111 : planned.mode;
    if (text === planned.text && mode === planned.mode) return;
    this.#refuse(file, permissionProblem(file, planned.before !== undefined));
    planned.hunks.push(changedPart(before, text));
    planned.text = text;
    planned.mode = mode;
    if (!planned.reasons.includes(reason)) planned.reasons.push(reason);
    this.#files.set(file, planned);
  }

  /** Removes a file, and the folders that it leaves empty. */
  remove(path: string, reason: string): void {
    const file = this.#resolve(path);
    const planned = this.#files.get(file) ?? this.#load(file);
    this.#refuse(file, permissionProblem(file, planned.before !== undefined));
    planned.hunks.push({ removed: planned.text ?? "", inserted: "" });
    planned.text = undefined;
    planned.reasons.push(reason);
    this.#files.set(file, planned);
  }

  move(from: string, to: string, reason: string): void {
    const [source, target] = [this.#resolve(from), this.#resolve(to)];
    this.#refuse(target, fileProblem(this.#grounds, target));
    this.#moves.push({ kind: "move", reason, from: source, to: target });
    // What takes its place is a file of its own.
    this.#files.set(source, newFile());
  }

  set(name: string, value: string, reason: string): void {
    this.#rest.push({ kind: "set", reason, name, value });
  }

  addToLedger(step: Omit<Extract<Step, { kind: "ledger" }>, "kind">): void {
    this.#rest.push({ kind: "ledger", ...step });
  }

  run(step: Omit<Extract<Step, { kind: "run" }>, "kind">): void {
    for (const folder of step.writes) this.#refuse(folder, folderProblem(this.#grounds, folder));
    this.#rest.push({ kind: "run", ...step });
  }

  /** Notes that a hook manager is not installed here, so that its own installer cannot be run. */
  lack(program: string, installer: string): void {
    this.missing.push(program);
    this.notes.push(`${program} is not installed here: install it and run \`${installer}\`, or no hook will run`);
  }

  /** Notes that a file is, or is to be, a script that a shell runs. */
  script(path: string): void {
    this.scripts.add(this.#resolve(path));
  }

  steps(): readonly Step[] {
    return [...this.#moves, ...[...this.#files].flatMap(([path, planned]) => stepsOf(path, planned)), ...this.#rest];
  }

  /** What becomes of one file by these steps. */
  change(path: string): FileChange {
    const file = this.#resolve(path);
    const planned = this.#files.get(file);
    if (planned) return changeOf(planned);
    const state = readState(file);
    return state ? { before: state, after: state } : {};
  }

  /** A path as a person reads it. */
  show(path: string): string {
    return isInside(this.#grounds.root, path) ? relative(this.#grounds.root, path) || "." : path;
  }

  #resolve(path: string): string {
    return resolve(this.#grounds.root, path);
  }

  #load(file: string): PlannedFile {
    this.#refuse(file, fileProblem(this.#grounds, file));
    const before = readState(file);
    return before ? { ...newFile(), before, ...decode(before.bytes), mode: before.mode } : newFile();
  }

  #refuse(path: string, reason: string | undefined): void {
    if (reason !== undefined) throw new UnwritableFile(this.show(path), reason);
  }
}

function newFile(): PlannedFile {
  return { before: undefined, encoding: "utf8", text: undefined, mode: 0o666, hunks: [], reasons: [] };
}

/** Bytes that are not UTF-8 stay what they are as Latin-1; what is inserted into an existing file is ASCII. */
function decode(bytes: Buffer): { readonly text: string; readonly encoding: "utf8" | "latin1" } {
  const encoding = isUtf8(bytes) ? "utf8" : "latin1";
  return { text: bytes.toString(encoding), encoding };
}

function changeOf({ before, text, encoding, mode }: PlannedFile): FileChange {
  return {
    ...(before ? { before } : {}),
    ...(text === undefined ? {} : { after: { bytes: Buffer.from(text, encoding), mode } }),
  };
}

function stepsOf(path: string, planned: PlannedFile): readonly Step[] {
  const { before, after } = changeOf(planned);
  const reason = planned.reasons.join("; ");
  if (after) return [{ kind: "write", reason, path, ...(before ? { before } : {}), after, hunks: planned.hunks }];
  return before ? [{ kind: "remove", reason, path, before }] : [];
}
