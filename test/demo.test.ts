import { join } from "node:path";
import { expect, it } from "vitest";
import { run } from "./rig/process/run.ts";
import { initRepo } from "./rig/repository/repo.ts";
import { openScratch, type Scratch } from "./rig/repository/scratch.ts";
import { ROOT } from "./rig/suite/bins.ts";
import { ASSISTED } from "./rig/worlds/attempt.ts";

/** Runs the demo from the workspace, as `pnpm demo` does. */
function demo(scratch: Scratch, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}) {
  const tsx = join(ROOT, "node_modules/.bin/tsx");
  return run(tsx, ["examples/demo/src/demo.ts", ...args], { cwd: ROOT, env: { ...scratch.env, ...env } });
}

it("goes as it is told, from an innocent push to a co-signed one", () => {
  using scratch = openScratch();
  const { status, stdout } = demo(scratch);
  expect(stdout).toContain("COSIGN_MISSING");
  expect(stdout.trimEnd().split("\n").at(-1)).toBe("Every step went as planned.");
  expect(status).toBe(0);
});

it("lists the commits of a repository that is there already", () => {
  using scratch = openScratch();
  const repo = initRepo(scratch, "repo");
  repo.commit("Start\n");
  repo.commit(ASSISTED);
  const { status, stdout } = demo(scratch, ["--repo", repo.dir]);
  expect(stdout).toMatch(/^[0-9a-f]{12} assisted claude-code {4}Retry uploads\n[0-9a-f]{12} - {23}Start\n$/);
  expect(status).toBe(0);
});

it("takes a relative path from where it was started", () => {
  using scratch = openScratch();
  initRepo(scratch, "repo").commit("Start\n");
  const { status, stdout } = demo(scratch, ["--repo", "repo"], { INIT_CWD: scratch.dir });
  expect(stdout).toContain("Start");
  expect(status).toBe(0);
});

it("says what is wrong with a path that is no repository", () => {
  using scratch = openScratch();
  const { status, stderr } = demo(scratch, ["--repo", scratch.dir]);
  expect(stderr).toContain("NOT_A_REPOSITORY");
  expect(status).toBe(2);
});
