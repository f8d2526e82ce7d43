import { delimiter, join } from "node:path";
import { isExecutable } from "../place/is-executable.ts";

const ENDINGS = process.platform === "win32" ? ["", ".exe", ".cmd"] : [""];

/** Where a program is, in the first folder that has it. */
export function findProgram(name: string, folders: readonly string[]): string | undefined {
  return folders.flatMap((folder) => ENDINGS.map((ending) => join(folder, name + ending))).find(isExecutable);
}

/** The folders of the PATH. */
export function pathFolders(env: NodeJS.ProcessEnv): readonly string[] {
  return (env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
}
