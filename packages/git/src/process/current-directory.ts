/** The working directory. A folder that was deleted under us has no path any more; the shell still knows what it was. */
export function currentDirectory({ cwd, env }: Pick<NodeJS.Process, "cwd" | "env">): string {
  try {
    return cwd();
  } catch {
    return env["PWD"] ?? ".";
  }
}
