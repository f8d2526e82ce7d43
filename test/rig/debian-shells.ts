import { run } from "./run.ts";

/**
 * Makes sure that these shells are there: where one is missing it is installed as a package of the system. A test that
 * cannot have it fails and says so, since one that passes over it would prove nothing.
 */
export function requireShells(...shells: readonly string[]): void {
  const { env } = process;
  const missing = (): readonly string[] =>
    shells.filter((shell) => run("sh", ["-c", `command -v ${shell}`], { cwd: "/", env }).status !== 0);
  if (missing().length === 0) return;
  const apt = ["-o", "DPkg::Lock::Timeout=120", "-qq"];
  for (const args of [
    [...apt, "update"],
    [...apt, "install", "-y", "--no-install-recommends", ...missing()],
  ]) {
    try {
      run("apt-get", args, { cwd: "/", env: { ...env, DEBIAN_FRONTEND: "noninteractive" } });
    } catch {
      // There is no apt-get; what follows tells what to do.
    }
  }
  const still = missing().join(" ");
  if (still !== "") throw new Error(`these tests need ${still}: install it, e.g. \`apt-get install ${still}\``);
}
