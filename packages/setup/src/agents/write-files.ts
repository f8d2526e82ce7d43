import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { CountersignError } from "@countersign/core";
import type { WorkTreeFile } from "./work-tree-file.ts";

/** What a file of the work tree is to become. */
export interface FileChange extends WorkTreeFile {
  /** Absent where it is to be removed. The mode of a new file is what the umask leaves of it. */
  readonly after?: { readonly bytes: Buffer; readonly mode: number };
}

/**
 * Writes all of them or none: where one fails, those before it are put back.
 * @throws `AGENT_FILE_UNUSABLE`
 */
export function writeFiles(root: string, changes: readonly FileChange[]): void {
  const done: FileChange[] = [];
  for (const change of changes) {
    try {
      writeOne(root, change);
      done.push(change);
    } catch (cause) {
      for (const { path, before, after } of done.reverse()) {
        writeOne(root, { path, ...(after ? { before: after } : {}), ...(before ? { after: before } : {}) });
      }
      const problem = (cause as Error).message;
      throw new CountersignError("AGENT_FILE_UNUSABLE", { file: change.path, problem }, { cause });
    }
  }
}

function writeOne(root: string, { path, before, after }: FileChange): void {
  const file = join(root, path);
  if (!after) {
    rmSync(file, { force: true });
    removeEmptyFolders(root, dirname(path));
    return;
  }
  // Whoever reads it meanwhile sees the old file or the new one, and a full disk leaves the old one.
  const temporary = `${file}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(temporary, after.bytes, { mode: after.mode, flag: "wx" });
    if (before) chmodSync(temporary, after.mode);
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    removeEmptyFolders(root, dirname(path));
    throw error;
  }
}

/** The folders that were made for a file go with it; one that holds something else stays. */
function removeEmptyFolders(root: string, path: string): void {
  for (let folder = path; folder !== "."; folder = dirname(folder)) {
    try {
      rmdirSync(join(root, folder));
    } catch {
      return;
    }
  }
}
