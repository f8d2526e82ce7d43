import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { faultyNode, WITH_FAULT } from "../rig/process/node-faults.ts";
import type { Run } from "../rig/process/run.ts";
import type { Repo } from "../rig/repository/repo.ts";
import { COMMIT_HOOK_BINS } from "../rig/suite/bins.ts";
import { installCommitHooks, messageOf } from "../rig/worlds/commit-hooks.ts";
import { expectNoLeftover, keptMessage, stateOf } from "../rig/worlds/commit-state.ts";
import { CLAUDE_STAMP, IN_CLAUDE, openCommitWorld } from "../rig/worlds/commit-world.ts";

const TEXT = `Mend the door\n\n${"It squeaked for a long time. ".repeat(100).trimEnd()}\n`;
const STAMPED = `${TEXT}\n${CLAUDE_STAMP}\n`;
const WORDS = /^countersign: the commit is stopped; its message is kept\n[A-Z_]+: .+\n {2}why: .+\n {2}fix: .+\n/m;

/** What it prints goes through pipes: a file would be among those that the limit is for. */
function commit(dev: Repo, own: NodeJS.ProcessEnv = {}): Run {
  const env = { ...dev.env, ...IN_CLAUDE, ...own };
  return spawnSync("git", ["commit", "-q", "-m", TEXT.trimEnd()], { cwd: dev.dir, env, encoding: "utf8" });
}

function openWork() {
  const world = openCommitWorld();
  world.dev.write({ "door.txt": "mended\n" });
  return world;
}

describe("a write that the disk does not take", () => {
  it.each([
    ["not a byte", "ulimit -f 0"],
    ["only the first bytes", "ulimit -f 1"],
  ])("stops the commit, with every byte of its message kept: %s", (_, limit) => {
    using world = openWork();
    const { dev } = world;
    installCommitHooks(dev, { before: limit });
    const before = stateOf(dev);
    const { status, stderr } = commit(dev);
    expect(status).toBe(1);
    expect(stderr).toMatch(WORDS);
    expect(stderr).toContain("MESSAGE_NOT_WRITTEN: ");
    expect(stderr).toContain("EFBIG");
    expect(keptMessage(dev)).toBe(TEXT);
    expect(stateOf(dev)).toEqual(before);
    expectNoLeftover(dev);
    installCommitHooks(dev);
    expect(commit(dev).status).toBe(0);
    expect(messageOf(dev)).toBe(STAMPED);
  });

  it("costs a person's commit nothing, whose message is not written", () => {
    using world = openWork();
    installCommitHooks(world.dev, { before: "ulimit -f 0" });
    expect(commit(world.dev, { CLAUDECODE: "" })).toMatchObject({ status: 0, stderr: "" });
    expect(messageOf(world.dev)).toBe(TEXT);
  });

  it("at whichever call it fails, either stops the commit with words or is of no matter", () => {
    using world = openWork();
    const { dev, scratch } = world;
    installCommitHooks(dev, { before: WITH_FAULT, hooks: ["prepare-commit-msg"] });
    const before = stateOf(dev);
    const stopping = new Set<string>();
    for (let call = 1; ; call += 1) {
      const what = { fail: "ENOSPC" };
      const { env, log } = faultyNode(scratch, { program: "prepare-commit-msg.js", call, what });
      const { status, stderr } = commit(dev, env);
      const name = readFileSync(log, "utf8").trimEnd();
      if (name === "") break;
      expect(stderr).not.toMatch(/\n\s+at /);
      expectNoLeftover(dev);
      if (status === 0) {
        expect({ name, message: messageOf(dev) }).toEqual({ name, message: STAMPED });
        dev.git(["reset", "-q", "--soft", "HEAD~1"]);
        continue;
      }
      stopping.add(name);
      expect({ name, stderr }).toEqual({ name, stderr: expect.stringMatching(WORDS) });
      expect({ name, message: keptMessage(dev), state: stateOf(dev) }).toEqual({ name, message: TEXT, state: before });
    }
    expect([...stopping]).toEqual(expect.arrayContaining(["openSync", "writeSync", "fsyncSync", "renameSync"]));
    expect(messageOf(dev)).toBe(STAMPED);
  }, 300_000);
});

/** Nobody's account: permissions do not count for root. */
const NOBODY = 65_534;

describe("a folder that may not be written to", () => {
  it("stops an agent's commit, with its message kept", () => {
    using world = openWork();
    const { dev, scratch } = world;
    // The account that the commit is made by may not be able to read the folder that the program lies in.
    const bins = join(scratch.dir, "bins");
    cpSync(dirname(COMMIT_HOOK_BINS["commit-msg"] as string), bins, { recursive: true });
    const git = dev.gitDir;
    installCommitHooks(dev, { bins });
    installCommitHooks(dev, { before: `chmod u-w "${git}"`, hooks: ["prepare-commit-msg"], bins });
    const isRoot = process.getuid?.() === 0;
    if (isRoot) spawnSync("chown", ["-R", `${NOBODY}:${NOBODY}`, scratch.dir]);
    const { status, stderr } = spawnSync("git", ["commit", "-q", "-m", TEXT.trimEnd()], {
      cwd: dev.dir,
      env: { ...dev.env, ...IN_CLAUDE },
      encoding: "utf8",
      ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}),
    });
    chmodSync(git, 0o755);
    expect(status).toBe(1);
    expect(stderr).toMatch(WORDS);
    expect(stderr).toMatch(/MESSAGE_NOT_WRITTEN: .*EACCES/);
    expect(keptMessage(dev)).toBe(TEXT);
    expectNoLeftover(dev);
  });
});
