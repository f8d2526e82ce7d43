import { run } from "./run.ts";

/**
 * Makes sure that the program pre-commit is there, which npm does not have: where it is missing it is installed as a
 * package of the system. A test that cannot have it fails and says so, since one that passes over it would prove nothing.
 */
export function requirePreCommit(): void {
  const { env } = process;
  const works = (): boolean => {
    try {
      return run("pre-commit", ["--version"], { cwd: "/", env }).status === 0;
    } catch {
      return false;
    }
  };
  if (works()) return;
  for (const args of [
    ["update", "-qq"],
    ["install", "-y", "-qq", "--no-install-recommends", "pre-commit"],
  ]) {
    try {
      run("apt-get", args, { cwd: "/", env: { ...env, DEBIAN_FRONTEND: "noninteractive" } });
    } catch {
      // There is no apt-get; what follows tells what to do.
    }
  }
  if (!works())
    throw new Error("these tests need the program pre-commit: install it, e.g. `apt-get install pre-commit`");
}
