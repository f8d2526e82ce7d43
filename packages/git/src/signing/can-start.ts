import { delimiter, isAbsolute, join } from "node:path";
import { isExecutable } from "../place/is-executable.ts";

const ENDINGS = process.platform === "win32" ? ["", ".exe", ".cmd"] : [""];

/**
 * Whether a program could be started from any folder: by its absolute path, or by its name from the PATH. It is looked
 * for alone, since it might ask a person something.
 */
export function canStart(program: string, env: NodeJS.ProcessEnv): boolean {
  if (isAbsolute(program)) return isProgram(program);
  if (/[\\/]/.test(program)) return false;
  const folders = (env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.some((folder) => isProgram(join(folder, program)));
}

function isProgram(path: string): boolean {
  return ENDINGS.some((ending) => isExecutable(path + ending));
}
