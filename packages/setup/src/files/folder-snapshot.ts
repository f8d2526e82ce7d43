import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type FileState, readState } from "./file-state.ts";

/** What lies in some folders. Absolute paths. */
export interface FolderSnapshot {
  readonly files: ReadonlyMap<string, FileState>;
  readonly folders: ReadonlySet<string>;
}

export function takeSnapshot(paths: readonly string[]): FolderSnapshot {
  const files = new Map<string, FileState>();
  const folders = new Set<string>();
  const visit = (path: string): void => {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (stat?.isDirectory()) {
      folders.add(path);
      for (const name of readdirSync(path)) visit(join(path, name));
    } else if (stat) {
      const state = readState(path);
      if (state) files.set(path, state);
    }
  };
  for (const path of paths) visit(path);
  return { files, folders };
}
