import { chmodSync, existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { claudeWrites } from "../rig/agents/agent-marks.ts";
import { countersign } from "../rig/process/countersign.ts";
import { type Run, run } from "../rig/process/run.ts";
import { COMMIT_HOOK_BINS, PRE_PUSH_BIN } from "../rig/suite/bins.ts";
import { ASSISTED } from "../rig/worlds/attempt.ts";
import { IN_CLAUDE } from "../rig/worlds/commit-world.ts";
import { openPushWorld, type PushWorld } from "../rig/worlds/push-world.ts";

interface Monitored {
  /** Whether the monitor was started since this was asked last. */
  started(): boolean;
}

/** A repository with assisted work, committed and staged, and a monitor of its files that tells when it is started. */
function openMonitored(): PushWorld & Monitored {
  const world = openPushWorld();
  const { dev, scratch } = world;
  const [program, trace] = [join(scratch.dir, "monitor"), join(scratch.dir, "monitor-started")];
  writeFileSync(program, `#!/bin/sh\necho started >>"${trace}"\nprintf 'token\\0/\\0'\n`);
  chmodSync(program, 0o755);
  dev.commit(ASSISTED);
  dev.write({ "retry.js": "retry();\n" });
  dev.git(["config", "core.fsmonitor", program]);
  // git asks a monitor what changed since it asked last, so never the first time.
  dev.git(["update-index", "--fsmonitor"]);
  dev.git(["status"]);
  const started = (): boolean => {
    const found = existsSync(trace);
    rmSync(trace, { force: true });
    return found;
  };
  expect(started()).toBe(true);
  return { ...world, started };
}

const program =
  (...args: readonly string[]) =>
  ({ dev }: PushWorld): Run =>
    countersign(dev, args);

/** A commit hook by itself: the git that makes a commit asks the monitor on its own account. */
function commitHook({ dev }: PushWorld, hook: string, ...args: readonly string[]): Run {
  const env = { ...dev.env, ...IN_CLAUDE };
  return run(process.execPath, [COMMIT_HOOK_BINS[hook] as string, ...args], { cwd: dev.dir, env });
}

function prepareMessage(world: PushWorld): Run {
  const file = join(world.dev.dir, ".git/COMMIT_EDITMSG");
  writeFileSync(file, "Retry\n");
  return commitHook(world, "prepare-commit-msg", file);
}

function pushHook({ dev, server }: PushWorld): Run {
  const tips = ["HEAD", "origin/main"].map((revision) => dev.oid(revision));
  const input = `refs/heads/main ${tips[0]} refs/heads/main ${tips[1]}\n`;
  return run(process.execPath, [PRE_PUSH_BIN, "origin", server.dir], { cwd: dev.dir, env: dev.env, input });
}

it.each<[what: string, act: (world: PushWorld) => Run, told: string]>([
  ["check", program("check"), "COSIGN_MISSING"],
  ["log", program("log"), "claude-code"],
  ["explain", program("explain", "HEAD"), "claude-code"],
  ["simulate", program("simulate"), "would be refused"],
  ["policy diff", program("policy", "diff", "HEAD"), "judge 0 of"],
  ["policy check", program("policy", "check"), "countersign.config.yaml"],
  ["the push hook", pushHook, "COSIGN_MISSING"],
  ["a push with the hook", (world) => world.push("origin", "main"), "COSIGN_MISSING"],
  ["the pre-commit hook", (world) => commitHook(world, "pre-commit"), "made with claude-code"],
  ["the prepare-commit-msg hook", prepareMessage, 'added "Assisted-by: Claude Code"'],
])("%s does not start a configured monitor of files, as git itself does", (_, act, told) => {
  using world = openMonitored();
  const { stdout, stderr } = act(world);
  expect(stdout + stderr).toContain(told);
  expect(world.started()).toBe(false);
  world.dev.git(["status"]);
  expect(world.started()).toBe(true);
});

it("nor does `mark`, which looks at the files of the work tree", () => {
  using world = openMonitored();
  claudeWrites(world.dev, "retry.js", "retry(3);\n");
  expect(world.started()).toBe(false);
  world.dev.git(["status"]);
  expect(world.started()).toBe(true);
});
