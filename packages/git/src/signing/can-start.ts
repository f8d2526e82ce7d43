import { basename, dirname, isAbsolute } from "node:path";
import { findProgram, pathFolders } from "../process/find-program.ts";

/**
 * Whether a program could be started from any folder: by its absolute path, or by its name from the PATH. It is looked
 * for alone, since it might ask a person something.
 */
export function canStart(program: string, env: NodeJS.ProcessEnv): boolean {
  if (isAbsolute(program)) return findProgram(basename(program), [dirname(program)]) !== undefined;
  return !/[\\/]/.test(program) && findProgram(program, pathFolders(env)) !== undefined;
}
