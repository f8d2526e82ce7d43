import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "rolldown";
import { endHangingPrograms } from "../process/small-parent.ts";
import { WARM_PROCESS } from "../process/warm/programs.ts";
import { ROOT } from "./bins.ts";

const ROOM = 2 * 1024 ** 3;

/**
 * Builds what the black-box tests run, so that no test meets yesterday's bundle; and watches the repository that the
 * suite itself lies in: a test that reached it through git's variables would be worse than any defect it could find.
 */
export default async function setup(): Promise<() => void> {
  execFileSync("npx", ["tsc", "-b"], { cwd: ROOT, stdio: "inherit" });
  if (!process.env["SU_NOBUILD"])
    execFileSync("npx", ["rolldown", "-c", "--log-level", "warn"], { cwd: ROOT, stdio: "inherit" });
  const memory = folderInMemory();
  if (memory !== undefined) process.env["TMPDIR"] = memory;
  const shared = mkdtempSync(join(tmpdir(), "countersign-shared-"));
  process.env["COUNTERSIGN_SHARED_FOLDER"] = shared;
  await build({
    input: join(ROOT, "test/rig/process/warm/process.ts"),
    platform: "node",
    output: { file: join(shared, WARM_PROCESS), format: "cjs" },
  });
  const before = fingerprint();
  const watch = setInterval(endHangingPrograms, 10_000, shared);
  return () => {
    clearInterval(watch);
    rmSync(shared, { recursive: true, force: true });
    if (fingerprint() !== before) throw new Error("the suite changed the repository that it was run in");
  };
}

/** Thousands of repositories are made and removed: in memory, where there is room and programs may be started, that costs a third. */
function folderInMemory(): string | undefined {
  const folder = "/dev/shm";
  if (!existsSync(folder)) return undefined;
  const { bavail, bsize } = statfsSync(folder);
  const probe = join(folder, `countersign-probe-${process.pid}`);
  try {
    writeFileSync(probe, "#!/bin/sh\n", { mode: 0o755 });
    execFileSync(probe);
    return bavail * bsize > ROOM ? folder : undefined;
  } catch {
    return undefined;
  } finally {
    rmSync(probe, { force: true });
  }
}

function fingerprint(): string {
  const digest = createHash("sha256");
  for (const file of ["HEAD", "config", "packed-refs"]) {
    const path = join(ROOT, ".git", file);
    digest.update(existsSync(path) ? readFileSync(path) : "absent");
  }
  return digest.digest("hex");
}
