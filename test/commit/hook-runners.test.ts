import { chmodSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { run } from "../rig/process/run.ts";
import { COMMIT_HOOK_BINS, ROOT } from "../rig/suite/bins.ts";
import { messageOf } from "../rig/worlds/commit-hooks.ts";
import { CLAUDE_STAMP, commit, IN_CLAUDE } from "../rig/worlds/commit-world.ts";
import { COSIGN, openPushWorld, type PushWorld } from "../rig/worlds/push-world.ts";

const lefthook = createRequire(import.meta.url).resolve("lefthook/bin/index.js");
const husky = join(ROOT, "node_modules/husky/bin.js");
const FORETOLD = "made with claude-code; to land on main it needs a co-sign from a person of level senior";

/** Under the names by which a team writes them into its runner's file. */
function installBins({ scratch }: PushWorld): NodeJS.ProcessEnv {
  for (const [hook, bin] of Object.entries(COMMIT_HOOK_BINS)) {
    const path = join(scratch.dir, `countersign-${hook}`);
    writeFileSync(path, `#!/bin/sh\nexec "${process.execPath}" "${bin}" "$@"\n`);
    chmodSync(path, 0o755);
  }
  return { PATH: `${scratch.dir}:${scratch.env["PATH"]}` };
}

function expectAllThreeAtWork({ dev }: PushWorld, env: NodeJS.ProcessEnv): void {
  const passed = commit(dev, ["-m", "Work"], { ...env, ...IN_CLAUDE });
  // Some show what their commands print on standard output.
  expect(passed.stdout + passed.stderr).toContain(FORETOLD);
  expect(passed.status).toBe(0);
  expect(messageOf(dev)).toBe(`Work\n\n${CLAUDE_STAMP}\n`);
  const stopped = commit(dev, ["-m", `Work\n\n${COSIGN}`], { ...env, ...IN_CLAUDE });
  expect(stopped.status).toBe(1);
  expect(stopped.stdout + stopped.stderr).toContain("COSIGN_BY_AGENT");
  expect(commit(dev, ["-m", `By hand\n\n${COSIGN}`], env).status).toBe(0);
  expect(messageOf(dev)).toBe(`By hand\n\n${COSIGN}\n`);
  const amended = dev.try(["commit", "-q", "--amend", "-m", "By hand again"], { env: { ...env, ...IN_CLAUDE } });
  expect(amended.status).toBe(0);
  expect(messageOf(dev)).toBe("By hand again\n");
}

describe("the commit hooks work as with git itself", () => {
  it("below husky", () => {
    using world = openPushWorld();
    const { dev } = world;
    const env = installBins(world);
    expect(run(process.execPath, [husky], { cwd: dev.dir, env: dev.env })).toMatchObject({ status: 0 });
    for (const hook of Object.keys(COMMIT_HOOK_BINS)) {
      writeFileSync(join(dev.dir, ".husky", hook), `countersign-${hook} "$@"\n`);
    }
    expectAllThreeAtWork(world, env);
  });

  it("below lefthook", () => {
    using world = openPushWorld();
    const { dev } = world;
    const env = installBins(world);
    dev.git(["config", "core.hooksPath", relative(dev.dir, join(dev.commonDir, "hooks"))]);
    const commands = Object.keys(COMMIT_HOOK_BINS).map(
      (hook) => `${hook}:\n  commands:\n    countersign:\n      run: countersign-${hook} {0}\n`,
    );
    writeFileSync(join(dev.dir, "lefthook.yml"), commands.join(""));
    const installed = run(process.execPath, [lefthook, "install", "--force"], { cwd: dev.dir, env: dev.env });
    expect(installed).toMatchObject({ status: 0 });
    expectAllThreeAtWork(world, env);
  });
});
