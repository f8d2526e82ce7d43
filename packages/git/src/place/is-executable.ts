import { accessSync, constants, statSync } from "node:fs";

/** Whether there is a file at a path, or behind a link there, that the system would start. */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
