import { isUtf8 } from "node:buffer";
import { lstatSync, readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { CountersignError } from "@countersign/core";
import { isFile } from "../init/site.ts";
import { fileProblem, folderProblem, type Grounds, isInside } from "./place-problem.ts";

/** What a file is before and after. Bytes, since nothing of it may get lost. */
export interface FileState {
  readonly bytes: Buffer;
  /** Permission bits. */
  readonly mode: number;
}

/** A change of text, apart from what stays: taken back by putting `removed` where `inserted` is. */
export interface Hunk {
  readonly removed: string;
  readonly inserted: string;
}

/** One thing that is to be done, and why. */
export type Step = { readonly reason: string } & (
  | {
      readonly kind: "write";
      readonly path: string;
      readonly before?: FileState;
      readonly after: FileState;
      readonly hunks: readonly Hunk[];
    }
  | { readonly kind: "move"; readonly from: string; readonly to: string }
  | { readonly kind: "set"; readonly name: string; readonly value: string }
  | {
      readonly kind: "run";
      readonly program: string;
      readonly args: readonly string[];
      /** As a person would type it. */
      readonly shown: string;
      readonly cwd: string;
      /** Folders in which it may change files. */
      readonly writes: readonly string[];
    }
);

interface DraftFile {
  readonly before: FileState | undefined;
  readonly encoding: "utf8" | "latin1";
  text: string;
  mode: number;
  readonly hunks: Hunk[];
  readonly reasons: string[];
}

/**
 * All that is to be done, before anything is done. Later parts see the files as earlier ones leave them. Whatever would
 * write elsewhere than in the repository, or through a link, throws `FILE_UNWRITABLE`.
 */
export class Draft {
  readonly #grounds: Grounds;
  /** What a person should know beside the steps. */
  readonly notes: string[] = [];
  /** Programs without which git will run no hook. */
  readonly missing: string[] = [];
  readonly #files = new Map<string, DraftFile>();
  readonly #moves: Step[] = [];
  readonly #rest: Step[] = [];

  constructor(grounds: Grounds) {
    this.#grounds = grounds;
  }

  /** The text that a file is to have; undefined where there is none. */
  read(path: string): string | undefined {
    const file = this.#resolve(path);
    const known = this.#files.get(file);
    if (known) return known.text;
    const state = readState(file);
    return state && decode(state.bytes).text;
  }

  has(path: string): boolean {
    return this.read(path) !== undefined;
  }

  /** Makes a file that is ours as a whole, unless one is there: changed by others, it is theirs. */
  create(path: string, reason: string, text: string, { executable = false } = {}): void {
    const file = this.#resolve(path);
    if (this.#files.has(file) || isFile(file)) return;
    this.#refuse(file, fileProblem(this.#grounds, file));
    this.#files.set(file, { ...newFile(), text, mode: executable ? 0o755 : 0o644, reasons: [reason] });
  }

  /** Changes a file that others have a part in, or makes one: `change` gets "" where there is none. A change to the same text is none. */
  edit(path: string, reason: string, change: (text: string) => string, { executable = false } = {}): void {
    const file = this.#resolve(path);
    const known = this.#files.get(file) ?? this.#open(file);
    const text = change(known.text);
    const mode = executable ? known.mode | 0o111 : known.mode;
    if (text === known.text && mode === known.mode && (known.before || known.reasons.length > 0)) return;
    known.hunks.push(findHunk(known.text, text));
    known.text = text;
    known.mode = mode;
    if (!known.reasons.includes(reason)) known.reasons.push(reason);
    this.#files.set(file, known);
  }

  move(from: string, to: string, reason: string): void {
    const [source, target] = [this.#resolve(from), this.#resolve(to)];
    this.#refuse(target, fileProblem(this.#grounds, target));
    this.#moves.push({ kind: "move", reason, from: source, to: target });
    // What takes its place is a file of its own.
    this.#files.set(source, { ...newFile() });
  }

  set(name: string, value: string, reason: string): void {
    this.#rest.push({ kind: "set", reason, name, value });
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

  steps(): readonly Step[] {
    const writes = [...this.#files].map(
      ([path, { before, text, mode, encoding, hunks, reasons }]): Step => ({
        kind: "write",
        reason: reasons.join("; "),
        path,
        ...(before ? { before } : {}),
        after: { bytes: Buffer.from(text, encoding), mode },
        hunks,
      }),
    );
    return [...this.#moves, ...writes, ...this.#rest];
  }

  /** A path as a person reads it. */
  show(path: string): string {
    return isInside(this.#grounds.root, path) ? relative(this.#grounds.root, path) || "." : path;
  }

  #resolve(path: string): string {
    return resolve(this.#grounds.root, path);
  }

  #open(file: string): DraftFile {
    this.#refuse(file, fileProblem(this.#grounds, file));
    return openFile(file);
  }

  #refuse(path: string, reason: string | undefined): void {
    if (reason !== undefined) throw new CountersignError("FILE_UNWRITABLE", { path: this.show(path), reason });
  }
}

/** What is at a path where there is no file, as `readFileSync` tells it. */
const NO_FILE: ReadonlySet<string | undefined> = new Set(["ENOENT", "ENOTDIR", "EISDIR", "ELOOP"]);

/** Reads a regular file, or what a link leads to; undefined where there is none. @throws `FILE_UNREADABLE`. */
export function readState(path: string): FileState | undefined {
  try {
    const bytes = readFileSync(path);
    return { bytes, mode: lstatSync(path).mode & 0o777 };
  } catch (error) {
    if (NO_FILE.has((error as NodeJS.ErrnoException).code)) return undefined;
    throw new CountersignError("FILE_UNREADABLE", { file: path, reason: (error as Error).message }, { cause: error });
  }
}

function openFile(path: string): DraftFile {
  const before = readState(path);
  if (!before) return newFile();
  return { before, ...decode(before.bytes), mode: before.mode, hunks: [], reasons: [] };
}

function newFile(): DraftFile {
  return { before: undefined, encoding: "utf8", text: "", mode: 0o644, hunks: [], reasons: [] };
}

/** Bytes that are no UTF-8 stay what they are as Latin-1; what is inserted into an existing file is ASCII. */
function decode(bytes: Buffer): { readonly text: string; readonly encoding: "utf8" | "latin1" } {
  const encoding = isUtf8(bytes) ? "utf8" : "latin1";
  return { text: bytes.toString(encoding), encoding };
}

function findHunk(before: string, after: string): Hunk {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  return { removed: before.slice(start, before.length - end), inserted: after.slice(start, after.length - end) };
}
