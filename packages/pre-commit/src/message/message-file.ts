import {
  closeSync,
  fstatSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { CountersignError } from "@countersign/core";
import type { HookCall } from "@countersign/git/internal";

/** Reads the file that git keeps the message in while hooks and the editor work on it. @throws `MESSAGE_UNREADABLE`. */
export function readMessage(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new CountersignError("MESSAGE_UNREADABLE", { file, reason: (error as Error).message }, { cause: error });
  }
}

/** The file as git names it: from the work tree's top, where git runs its hooks. @throws `MESSAGE_UNREADABLE`. */
export function messageFile({ args, cwd }: HookCall): string {
  const [file = ""] = args;
  if (file !== "") return resolve(cwd, file);
  throw new CountersignError("MESSAGE_UNREADABLE", { file: "no file", reason: "git names it as the first argument" });
}

/**
 * Puts another message in its place at once: a full disk, a signal or a lost power supply leaves the old one. Written
 * over, the file would be empty when the writing fails, and what a person typed would be gone.
 * @throws `MESSAGE_NOT_WRITTEN`.
 */
export function replaceMessage(file: string, message: Uint8Array): void {
  let copy: string | undefined;
  for (const signal of SIGNALS) process.on(signal, finishFirst);
  try {
    // Were it a symbolic link, renaming would put a file in the link's place.
    const target = realpathSync(file);
    removeAbandoned(target);
    const { mode } = statSync(target);
    copy = `${target}${SUFFIX}${process.pid}`;
    const descriptor = openSync(copy, "wx", mode);
    try {
      writeAll(descriptor, message);
      fsyncSync(descriptor);
      if (fstatSync(descriptor).size !== message.length) throw new Error("the disk took only a part of it");
    } finally {
      closeSync(descriptor);
    }
    renameSync(copy, target);
  } catch (error) {
    if (copy !== undefined) rmSync(copy, { force: true });
    throw new CountersignError("MESSAGE_NOT_WRITTEN", { file, reason: (error as Error).message }, { cause: error });
  } finally {
    for (const signal of SIGNALS) process.off(signal, finishFirst);
  }
}

/** Left to the default, these would end us between writing the copy and putting it in its place. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

function finishFirst(): void {
  // Heard when the writing is done; then the hook is too.
}

const SUFFIX = ".countersign-";

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
}

/**
 * What a hook left behind that was killed between the two steps; its process's id is in the name. Another one may be at
 * work on its own copy just now.
 */
function removeAbandoned(target: string): void {
  const folder = dirname(target);
  const start = `${basename(target)}${SUFFIX}`;
  for (const name of readdirSync(folder)) {
    if (name.startsWith(start) && isOver(Number(name.slice(start.length)))) rmSync(join(folder, name), { force: true });
  }
}

/** Whether that process has ended. Our own id was another's before, as we have made no copy yet. */
function isOver(pid: number): boolean {
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
