import { run } from "../process/run.ts";

/**
 * Makes sure that programs are there which npm does not have: what is missing is installed as the system's package of that
 * name. A test that cannot have one fails and says so, since one that passes over it would prove nothing.
 */
export function requirePrograms(...names: readonly string[]): void {
  const missing = names.filter((name) => !works(name));
  if (missing.length === 0) return;
  installDebianPackages(...missing);
  const still = missing.filter((name) => !works(name)).join(" ");
  if (still !== "") throw new Error(`these tests need ${still}: install it, e.g. \`apt-get install ${still}\``);
}

function works(name: string): boolean {
  return run("sh", ["-c", `${name} --version`], { cwd: "/", env: process.env }).status === 0;
}

/** Installs packages of Debian's. Where that cannot be done, whoever needs them says what is missing. */
export function installDebianPackages(...names: readonly string[]): void {
  const apt = ["-o", "DPkg::Lock::Timeout=300", "-qq"];
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const args of [
    [...apt, "update"],
    [...apt, "install", "-y", "--no-install-recommends", ...names],
  ]) {
    try {
      run("apt-get", args, { cwd: "/", env });
    } catch {
      // There is no apt-get.
      return;
    }
  }
}
