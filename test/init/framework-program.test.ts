import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { requirePrograms } from "../rig/installed/debian-packages.ts";
import { npmEnvironment, packPackage } from "../rig/installed/packed.ts";
import { type Run, run } from "../rig/process/run.ts";
import { runProgram } from "../rig/process/warm/programs.ts";
import { initRepo, Repo } from "../rig/repository/repo.ts";
import { openScratch } from "../rig/repository/scratch.ts";
import { COUNTERSIGN_BIN } from "../rig/suite/bins.ts";
import { CLAUDE } from "../rig/worlds/push-world.ts";
import { ADA, readIn } from "./adopter.ts";

/** A hook that runs even past --no-verify would have the program installed without what npm needs here. */
const WITHOUT_HOOKS = ["-c", "core.hooksPath=/dev/null"];

/** Its folder goes onto the PATH, on which there is no countersign. prek does the same, but with a cache of its own. */
const FRAMEWORK = "pre-commit";

it("in a repository without npm pre-commit installs the program, whose words are seen and whose refusal counts", () => {
  requirePrograms("pre-commit");
  using scratch = openScratch();
  const environment = npmEnvironment(scratch);
  const env = { ...environment, PATH: `${environment["PATH"]}:/usr/bin` };
  const server = initRepo(scratch, "server.git", ["--bare"]);
  const lead = initRepo(scratch, "lead");
  lead.git(["remote", "add", "origin", server.dir]);
  lead.write({ ".pre-commit-config.yaml": "repos:\n", "setup.py": "# A project in Python.\n" });
  const args = ["init", "--yes", "--senior", ADA, "--proof", "declared", "--manager", FRAMEWORK];
  const init = runProgram(COUNTERSIGN_BIN, args, { cwd: lead.dir, env: { ...lead.env, ...env } });
  expect({ status: init.status, stderr: init.stderr }).toEqual({ status: 0, stderr: "" });

  // What a registry gives for the name.
  const config = readIn(lead, ".pre-commit-config.yaml");
  expect(config.match(/language: node\n +additional_dependencies:\n +- countersign@\d+\.\d+\.\d+\n/g)).toHaveLength(4);
  writeFileSync(
    join(lead.dir, ".pre-commit-config.yaml"),
    config.replaceAll(/countersign@\d+\.\d+\.\d+/g, packPackage(scratch, "cli")),
  );
  lead.git(["add", "-A"]);
  lead.git([...WITHOUT_HOOKS, "commit", "-q", "-m", "Adopt countersign"]);
  lead.git(["push", "-q", "--no-verify", "origin", "main"]);

  // A teammate, who has run nothing but the framework.
  run("git", ["clone", "-q", server.dir, join(scratch.dir, "mate")], { cwd: scratch.dir, env });
  const mate = new Repo(scratch, join(scratch.dir, "mate"));
  const start = (program: string, args: readonly string[], more: NodeJS.ProcessEnv = {}): Run =>
    run(program, args, { cwd: mate.dir, env: { ...mate.env, ...env, ...more } });
  expect(start(FRAMEWORK, ["install"]).status).toBe(0);

  const byAgent = start("git", ["commit", "--allow-empty", "-m", "Retry"], { CODEX_THREAD_ID: "1" });
  expect({ status: byAgent.status, said: byAgent.stdout + byAgent.stderr }).toEqual({
    status: 0,
    said: expect.stringMatching(/made with codex; to land on main[\s\S]*added "Assisted-by: Codex"/),
  });
  expect(mate.git(["log", "-1", "--format=%b"])).toContain("Assisted-by: Codex");
  mate.git([...WITHOUT_HOOKS, "commit", "-q", "--amend", "--allow-empty", "-m", `Retry\n\n${CLAUDE}`]);
  const refused = start("git", ["push", "origin", "main"]);
  expect(refused.stdout + refused.stderr).toContain("COSIGN_MISSING");
  expect({ status: refused.status, main: server.oid("main") }).toEqual({ status: 1, main: lead.oid("main") });
  mate.git(["reset", "-q", "--hard", "origin/main"]);
  expect(start("git", ["commit", "-q", "--allow-empty", "-m", "By hand"]).status).toBe(0);
  expect(start("git", ["push", "-q", "origin", "main"]).status).toBe(0);
  expect(server.oid("main")).toBe(mate.oid("HEAD"));
}, 300_000);
