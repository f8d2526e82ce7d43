import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "./bins.ts";

/**
 * Builds what the black-box tests run, so that no test meets yesterday's bundle; and watches the repository that the
 * suite itself lies in: a test that reached it through git's variables would be worse than any defect it could find.
 */
export default function setup(): () => void {
  execFileSync("npx", ["tsc", "-b"], { cwd: ROOT, stdio: "inherit" });
  execFileSync("npx", ["rolldown", "-c", "--log-level", "warn"], { cwd: ROOT, stdio: "inherit" });
  const shared = mkdtempSync(join(tmpdir(), "countersign-shared-"));
  process.env["COUNTERSIGN_SHARED_FOLDER"] = shared;
  const before = fingerprint();
  return () => {
    rmSync(shared, { recursive: true, force: true });
    if (fingerprint() !== before) throw new Error("the suite changed the repository that it was run in");
  };
}

function fingerprint(): string {
  const digest = createHash("sha256");
  for (const file of ["HEAD", "config", "packed-refs"]) {
    const path = join(ROOT, ".git", file);
    digest.update(existsSync(path) ? readFileSync(path) : "absent");
  }
  return digest.digest("hex");
}
