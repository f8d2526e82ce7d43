import { lstatSync, readFileSync, statSync } from "node:fs";
import { CountersignError } from "@countersign/core";

/** What a file holds, and who may do what with it. Bytes, since nothing of it may get lost. */
export interface FileState {
  readonly bytes: Buffer;
  /** Permission bits. */
  readonly mode: number;
}

/** What is at a path where there is no file, as `readFileSync` reports it. */
const NO_FILE: ReadonlySet<string | undefined> = new Set(["ENOENT", "ENOTDIR", "EISDIR", "ELOOP"]);

/** Reads a regular file, or what a link leads to; undefined if there is none. @throws `FILE_UNREADABLE`. */
export function readState(path: string): FileState | undefined {
  try {
    const bytes = readFileSync(path);
    return { bytes, mode: lstatSync(path).mode & 0o7777 };
  } catch (error) {
    if (NO_FILE.has((error as NodeJS.ErrnoException).code)) return undefined;
    throw new CountersignError("FILE_UNREADABLE", { file: path, reason: (error as Error).message }, { cause: error });
  }
}

/** The text of a file as far as it can be read; empty if there is none. */
export function readText(path: string): string {
  try {
    return isFile(path) ? readFileSync(path, "utf8") : "";
  } catch {
    return "";
  }
}

/** Whether there is a regular file, or a link that leads to one. */
export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
