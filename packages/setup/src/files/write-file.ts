import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { FileState } from "./file-state.ts";

/**
 * Writes a file as a whole: anyone who reads it meanwhile sees the old one or the new one, a full disk leaves the old one,
 * and a link is replaced and not followed. Unless the mode is `exact`, the umask takes its part of it.
 */
export function writeFile(path: string, { bytes, mode }: FileState, exact: boolean): void {
  const temporary = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    writeFileSync(temporary, bytes, { mode, flag: "wx" });
    if (exact) chmodSync(temporary, mode);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Makes the folders that are missing on the way, and returns them, the outermost first. */
export function makeFolders(path: string): readonly string[] {
  const first = mkdirSync(path, { recursive: true });
  if (first === undefined) return [];
  const made: string[] = [];
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    made.unshift(folder);
    if (folder === resolve(first)) return made;
  }
}

/** Removes the folders that a file leaves empty, up to `root`; one that holds something else stays. */
export function removeEmptyFolders(root: string, path: string): void {
  for (let folder = resolve(path); folder !== resolve(root); folder = dirname(folder)) {
    try {
      rmdirSync(folder);
    } catch {
      return;
    }
  }
}
