import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { addMany } from "../../rig/repository/add-many.ts";
import { PRE_PUSH_BIN } from "../../rig/suite/bins.ts";
import { ASSISTED, expectAllowed, expectRefused, expectUndecided, VOUCHED } from "../../rig/worlds/attempt.ts";
import { pushTo, refLine, writeFakeGit } from "../../rig/worlds/pre-push-hook.ts";
import {
  type HookScript,
  installPrePush,
  openPushWorld,
  type PushWorld,
  readHookStatus,
} from "../../rig/worlds/push-world.ts";

const CLEAN = "Retry uploads\n";

/** A world whose hook, and only the hook, runs this script instead of git. */
function withFakeGit(script: string): PushWorld {
  const world = openPushWorld();
  const folder = writeFakeGit(world.scratch, script);
  installPrePush(world.dev, { before: `PATH="${folder}:$PATH"; export PATH` });
  return world;
}

/** Lines of a fake git that act for one of git's commands and leave the others alone. */
function only(command: string, script: string): string {
  return `for argument; do if [ "$argument" = ${command} ]; then\n${script}\nfi; done\nexec "$REAL" "$@"`;
}

describe("a git that does not do its work", () => {
  const WAYS = [
    ["fails at once", "echo 'fatal: out of memory' >&2; exit 128", "status 128"],
    ["is killed", "kill -9 $$", "signal SIGKILL"],
    ["ends itself by a signal", "kill -TERM $$", "signal SIGTERM"],
    ["prints nothing and ends well", "exit 0", "GIT_FAILED"],
    ["prints nothing and ends badly", "exit 1", "status 1"],
    [
      "prints 10 MB of nonsense",
      "head -c 10000000 /dev/zero | tr '\\0' 'x'; exit 0",
      /GIT_FAILED|OBJECT_ID_MALFORMED|DEFECT/,
    ],
    ["prints 10 MB of lines", "yes 0000 | head -c 10000000; exit 0", /GIT_FAILED|OBJECT_ID_MALFORMED|DEFECT/],
    ["prints 10 MB of complaints", "head -c 10000000 /dev/zero | tr '\\0' 'x' >&2; exit 128", "status 128"],
  ] as const;

  it.each(WAYS)("stops the push when it %s", (_, script, phrase) => {
    using world = withFakeGit(script);
    world.dev.commit(CLEAN);
    const push = pushTo(world, ["origin", "main"]);
    expectUndecided(push, phrase);
    expect(push.stderr.length).toBeLessThan(10_000);
  });

  const COMMANDS = ["for-each-ref", "cat-file", "rev-list", "diff-tree"];
  const PARTLY = [
    [
      "fails half-way",
      (command: string) => only(command, `head -n 1 | "$REAL" "$@" | head -c 20; echo 'fatal: broken' >&2; exit 128`),
    ],
    ["fails after all its output", (command: string) => only(command, `"$REAL" "$@"; exit 128`)],
    ["is killed after all its output", (command: string) => only(command, `"$REAL" "$@"; kill -9 $$`)],
  ] as const;

  describe.each(COMMANDS)("%s", (command) => {
    it.each(PARTLY)("lets nothing pass when it %s", (_, script) => {
      using world = withFakeGit(script(command));
      addMany(world.dev);
      world.dev.commit(ASSISTED);
      expectUndecided(pushTo(world, ["origin", "main"]), "GIT_FAILED");
    });

    it("lets no assisted work pass when it prints nothing and ends well", () => {
      using world = withFakeGit(only(command, "exit 0"));
      addMany(world.dev);
      world.dev.commit(ASSISTED);
      const push = pushTo(world, ["origin", "main"]);
      // Without its list of refs the hook still knows the policy by the id that git gave it.
      if (command === "for-each-ref") expectRefused(push, "COSIGN_MISSING");
      else expectUndecided(push, command === "rev-list" ? "HISTORY_INCOMPLETE" : "GIT_FAILED");
    });

    it("lets good work pass when it only is slow", () => {
      using world = withFakeGit(only(command, "sleep 0.2"));
      addMany(world.dev);
      world.dev.commit(VOUCHED);
      expectAllowed(pushTo(world, ["origin", "main"]), "co-signed by ada@acme.example");
    });
  });

  it("that is missing stops the push with the advice to install it", () => {
    using world = openPushWorld();
    world.dev.commit(CLEAN);
    installPrePush(world.dev, { before: "PATH=/nonexistent; export PATH" });
    expectUndecided(pushTo(world, ["origin", "main"]), "GIT_NOT_STARTED", "could not be started", "on the PATH");
  });

  it("that is no program stops the push", () => {
    using world = openPushWorld();
    const folder = join(world.scratch.dir, "bad");
    mkdirSync(join(folder, "git"), { recursive: true });
    world.dev.commit(CLEAN);
    installPrePush(world.dev, { before: `PATH="${folder}"; export PATH` });
    expectUndecided(pushTo(world, ["origin", "main"]), "GIT_NOT_STARTED");
  });
});

describe("a git that hangs", () => {
  // The hook has two of them run at once.
  const HANG = 'echo $$ >"$0.part.$$"; mv "$0.part.$$" "$0.pid.$$"; exec sleep 300';

  function findHanging({ scratch }: PushWorld): readonly number[] {
    const names = readdirSync(join(scratch.dir, "fake-git")).filter((name) => name.startsWith("git.pid."));
    return names.map((name) => Number(name.slice("git.pid.".length)));
  }

  /** Kills whatever hangs, before it a process that the first of them leads to. */
  async function pushAndKill(
    world: PushWorld,
    leadsTo: (pid: number) => number,
  ): Promise<{ status: number | null; stderr: string }> {
    const child = spawn("git", ["push", "origin", "main"], {
      cwd: world.dev.dir,
      env: world.dev.env,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    let ended = false;
    const status = new Promise<number | null>((resolve) => child.on("close", resolve)).finally(() => {
      ended = true;
    });
    const killed = new Set<number>();
    while (!ended) {
      for (const pid of findHanging(world)) {
        if (killed.size === 0) killed.add(leadsTo(pid));
        killed.add(pid);
      }
      for (const pid of killed) killQuietly(pid);
      await sleep(25);
    }
    return { status: await status, stderr };
  }

  function killQuietly(pid: number): void {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It has ended.
    }
  }

  it("stops the push when it is killed at last", async () => {
    using world = withFakeGit(HANG);
    const before = world.server.ref("refs/heads/main");
    world.dev.commit(CLEAN);
    const { status, stderr } = await pushAndKill(world, (pid) => pid);
    expect({ status, hook: readHookStatus(world.dev), ref: world.server.ref("refs/heads/main") }).toEqual({
      status: 1,
      hook: 2,
      ref: before,
    });
    expect(stderr).toContain("GIT_FAILED");
    expect(stderr).toContain("signal SIGKILL");
  });

  it("is ended where another one fails beside it", () => {
    const wait = 'until ls "$0".pid.* >/dev/null 2>&1; do sleep 0.01; done';
    using world = withFakeGit(
      `case " $* " in *" for-each-ref "*) ${wait}; echo 'fatal: broken' >&2; exit 128;; esac\n${only("cat-file", HANG)}`,
    );
    world.dev.commit(CLEAN);
    expectUndecided(pushTo(world, ["origin", "main"]), "GIT_FAILED", "fatal: broken");
    expect(findHanging(world).filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]);
  });

  it("stops the push when the hook itself is killed while it waits", async () => {
    using world = withFakeGit(HANG);
    const before = world.server.ref("refs/heads/main");
    world.dev.commit(CLEAN);
    const parentOf = (pid: number): number =>
      Number(/^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
    const { status } = await pushAndKill(world, parentOf);
    expect({ status, hook: readHookStatus(world.dev), ref: world.server.ref("refs/heads/main") }).toEqual({
      status: 1,
      hook: 137,
      ref: before,
    });
  });
});

describe("a hook that cannot be heard", () => {
  const REDIRECTIONS = [
    ["stderr is closed", { redirect: "2>&-" }],
    ["stdout is closed", { redirect: ">&-" }],
    ["both are closed", { redirect: ">&- 2>&-" }],
    ["stderr is a full device", { redirect: "2>/dev/full" }],
  ] as const satisfies readonly (readonly [string, HookScript])[];

  it.each(REDIRECTIONS)("decides as ever where %s", (_, script) => {
    using world = openPushWorld();
    const { dev } = world;
    installPrePush(dev, script);
    const before = world.server.ref("refs/heads/main");
    dev.commit(ASSISTED);
    const refused = pushTo(world, ["origin", "main"]);
    expect({ git: refused.status, hook: refused.hook, ref: refused.refs.get("refs/heads/main") }).toEqual({
      git: 1,
      hook: 1,
      ref: before,
    });
    dev.commit(VOUCHED, { args: ["--amend"] });
    const passed = pushTo(world, ["origin", "main"]);
    expect({ git: passed.status, hook: passed.hook, ref: passed.refs.get("refs/heads/main") }).toEqual({
      git: 0,
      hook: 0,
      ref: dev.oid("HEAD"),
    });
  });

  it.each([
    [ASSISTED, 1],
    [VOUCHED, 0],
  ] as const)("decides as ever where the reader of stderr is gone: %j", async (message, status) => {
    using world = openPushWorld();
    const { dev } = world;
    const tip = dev.commit(message);
    const child = spawn(process.execPath, [PRE_PUSH_BIN, "origin", world.server.dir], {
      cwd: dev.dir,
      env: dev.env,
      stdio: ["pipe", "ignore", "pipe"],
    });
    child.stderr.destroy();
    child.stdin.end(refLine(tip, "refs/heads/main", dev.oid("HEAD~1")));
    expect(await new Promise((resolve) => child.on("close", resolve))).toBe(status);
  });
});
