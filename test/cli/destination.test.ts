import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { countersign, expectFault } from "../rig/process/countersign.ts";
import { run } from "../rig/process/run.ts";
import { initRepo, type Repo } from "../rig/repository/repo.ts";
import { openScratch } from "../rig/repository/scratch.ts";
import { ASSISTED } from "../rig/worlds/attempt.ts";
import { openPushWorld, POLICY } from "../rig/worlds/push-world.ts";

const FILE = "countersign.config.yaml";

/** The last line of a check: the policy that it judged by. */
function policyOf(repo: Repo, ...args: readonly string[]): string | undefined {
  const { stdout, stderr } = countersign(repo, ["check", "--format", "json", ...args]);
  expect(stderr).toBe("");
  return JSON.parse(stdout).policy?.ref;
}

describe("the branch and the policy that are meant where nothing is said", () => {
  it("are the remote's default branch and its policy", () => {
    using world = openPushWorld();
    world.dev.git(["push", "-q", "--no-verify", "origin", "main:trunk"]);
    world.dev.git(["remote", "set-head", "origin", "trunk"]);
    world.dev.commit(ASSISTED);
    expect(policyOf(world.dev)).toBe("refs/remotes/origin/trunk");
    // The policy protects main alone, and the default branch is trunk now.
    expect(countersign(world.dev, ["check"]).status).toBe(0);
    expect(countersign(world.dev, ["check", "--branch", "main"]).status).toBe(1);
  });

  it("are main's where the remote's HEAD was never noted", () => {
    using world = openPushWorld();
    world.dev.git(["remote", "set-head", "origin", "--delete"]);
    expect(policyOf(world.dev)).toBe("refs/remotes/origin/main");
  });

  it("are those of the only remote, whatever it is called", () => {
    using world = openPushWorld();
    world.dev.git(["remote", "rename", "origin", "upstream"]);
    expect(policyOf(world.dev)).toBe("refs/remotes/upstream/main");
  });

  it("are origin's where there are several remotes", () => {
    using world = openPushWorld();
    world.dev.git(["remote", "add", "a-fork", world.server.dir]);
    expect(policyOf(world.dev)).toBe("refs/remotes/origin/main");
  });

  it("are upstream's in a clone of a fork, or those of the remote that is named", () => {
    using world = openPushWorld();
    const { dev } = world;
    dev.git(["remote", "add", "upstream", world.server.dir]);
    dev.git(["fetch", "-q", "upstream"]);
    expect(policyOf(dev)).toBe("refs/remotes/upstream/main");
    expect(policyOf(dev, "--remote", "origin")).toBe("refs/remotes/origin/main");
    dev.git(["config", "countersign.remote", "origin"]);
    expect(policyOf(dev)).toBe("refs/remotes/origin/main");
    expect(policyOf(dev, "--remote", "upstream")).toBe("refs/remotes/upstream/main");
    expectFault(
      countersign(dev, ["check", "--remote", "downstream"]),
      "REMOTE_UNKNOWN",
      "there is no remote downstream",
    );
  });

  it("are unknown where it can be any of several remotes, and known once one is named", () => {
    using world = openPushWorld();
    const { dev } = world;
    dev.git(["remote", "rename", "origin", "github"]);
    dev.git(["remote", "add", "gitlab", world.server.dir]);
    expectFault(countersign(dev, ["check"]), "REMOTE_UNKNOWN", "2 remotes", "git config countersign.remote NAME");
    dev.git(["config", "countersign.remote", "github"]);
    expect(policyOf(dev)).toBe("refs/remotes/github/main");
  });

  it("fail where the branch is not protected, if it has to be", () => {
    using world = openPushWorld();
    const { dev } = world;
    dev.git(["branch", "topic"]);
    expect(countersign(dev, ["check", "--branch", "topic"]).status).toBe(0);
    expectFault(countersign(dev, ["check", "--branch", "topic", "--protected"]), "BRANCH_UNPROTECTED", "topic");
    expect(countersign(dev, ["check", "--branch", "main", "--protected"]).status).toBe(0);
  });

  it("are unknown where the remote was never fetched", () => {
    using scratch = openScratch();
    const repo = initRepo(scratch, "r");
    repo.commit("Start\n", { files: { [FILE]: POLICY } });
    repo.git(["remote", "add", "origin", join(scratch.dir, "nowhere.git")]);
    expectFault(countersign(repo, ["check"]), "POLICY_REF_UNKNOWN", "countersign.policyRef", "--policy REV");
  });

  it("are those that the configuration names", () => {
    using scratch = openScratch();
    const repo = initRepo(scratch, "r");
    repo.commit("Start\n", { files: { [FILE]: POLICY } });
    repo.git(["remote", "add", "origin", join(scratch.dir, "nowhere.git")]);
    repo.git(["config", "countersign.policyRef", "refs/heads/main"]);
    expect(policyOf(repo, "--branch", "main")).toBe("refs/heads/main");
    repo.git(["config", "countersign.policyRef", "refs/heads/gone"]);
    expectFault(countersign(repo, ["check", "--branch", "main"]), "REVISION_UNKNOWN", "refs/heads/gone");
  });
});

describe("the repository that is meant", () => {
  it("is the one that --repo names, from anywhere", () => {
    using world = openPushWorld();
    world.dev.commit(ASSISTED);
    const outside = { cwd: world.scratch.dir };
    expect(countersign(world.dev, ["--repo", world.dev.dir, "check"], outside).status).toBe(1);
    expect(countersign(world.dev, ["--repo", "dev", "check"], outside).status).toBe(1);
    expect(countersign(world.dev, ["--repo", "dev/.git", "log"], outside).stdout).toContain("Retry uploads");
  });

  it("is found from a folder of it and from a linked work tree", () => {
    using world = openPushWorld();
    world.dev.commit(ASSISTED, { files: { "src/a.txt": "x\n" } });
    const linked = join(world.scratch.dir, "linked");
    world.dev.git(["worktree", "add", "-q", "--detach", linked]);
    for (const cwd of [join(world.dev.dir, "src"), linked]) {
      expect(countersign(world.dev, ["check"], { cwd }).status).toBe(1);
    }
  });
});

describe("a damaged repository", () => {
  it("is not judged, and one message says so", () => {
    using world = openPushWorld();
    const lost = world.dev.commit("Lost\n");
    world.dev.commit(ASSISTED);
    rmSync(join(world.dev.dir, ".git/objects", lost.slice(0, 2), lost.slice(2)));
    for (const args of [["check"], ["log"]]) {
      const { status, stdout, stderr } = countersign(world.dev, args);
      expect(status).toBe(2);
      expect(stdout + stderr).toMatch(
        /(?:GIT_FAILED|OBJECT_MISSING): .*\n(?: {2}- .*\n)* {2}why: .+\n {2}fix: .*git fsck/,
      );
      expect(stdout + stderr).not.toMatch(/^ +at /m);
    }
  });
});

it("keeps its verdict where nobody reads what it says", () => {
  using world = openPushWorld();
  world.dev.commit(ASSISTED);
  const bin = `"${process.execPath}" "${join(import.meta.dirname, "../../packages/cli/dist/bin.js")}"`;
  for (const redirect of [">&-", ">/dev/full", "2>&-", ">&- 2>&-"]) {
    const { status } = run("sh", ["-c", `${bin} check ${redirect}`], { cwd: world.dev.dir, env: world.dev.env });
    expect({ redirect, status }).toEqual({ redirect, status: 1 });
  }
});
