import { chownSync, lstatSync, mkdirSync, readdirSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { initRepo, Repo } from "../../rig/repository/repo.ts";
import { ASSISTED, expectAllowed, expectRefused, expectUndecided, VOUCHED } from "../../rig/worlds/attempt.ts";
import { pushTo, refLine, runPrePush, zero } from "../../rig/worlds/pre-push-hook.ts";
import { installPrePush, openPushWorld, POLICY } from "../../rig/worlds/push-world.ts";

const CLEAN = "Retry uploads\n";

describe("a place that is no good", () => {
  it("is told: a folder outside of any repository", () => {
    using world = openPushWorld();
    const folder = join(world.scratch.dir, "outside");
    mkdirSync(folder);
    const { status, stderr } = runPrePush(world.dev, {
      cwd: folder,
      input: refLine("1".repeat(40), "refs/heads/main", zero("sha1")),
    });
    expect(status).toBe(2);
    expect(stderr).toContain("NOT_A_REPOSITORY");
    expect(stderr).toContain("change into the repository");
  });

  it("is told: a working directory that is gone", () => {
    using world = openPushWorld();
    world.dev.commit(CLEAN);
    installPrePush(world.dev, {
      before: `mkdir "${world.scratch.dir}/gone"; cd "${world.scratch.dir}/gone"; rmdir "${world.scratch.dir}/gone"`,
    });
    expectUndecided(pushTo(world, ["origin", "main"]), "DIRECTORY_MISSING", "change into an existing directory");
  });

  it.runIf(process.getuid?.() === 0)("is told: a repository of another user", () => {
    using world = openPushWorld();
    const { dev } = world;
    const input = refLine(dev.oid("HEAD"), "refs/heads/main", zero());
    chownAll(dev.dir, 12_345);
    const { status, stderr } = runPrePush(dev, { input });
    expect(status).toBe(2);
    expect(stderr).toContain("OWNER_MISMATCH");
    expect(stderr).toContain(`git config --global --add safe.directory ${dev.dir}`);
    dev.git(["config", "--global", "--add", "safe.directory", dev.dir]);
    expect(runPrePush(dev, { input: refLine(dev.oid("HEAD"), "refs/heads/main", dev.oid("HEAD")) }).status).toBe(0);
  });

  it("is told: a repository whose objects are damaged", () => {
    using world = openPushWorld();
    const { dev } = world;
    const old = dev.oid("HEAD");
    const parent = dev.commit(CLEAN);
    const tip = dev.commit(CLEAN);
    dev.git(["update-ref", "-d", "ORIG_HEAD"]);
    unlinkSync(join(dev.commonDir, "objects", parent.slice(0, 2), parent.slice(2)));
    const { status, stderr } = runPrePush(dev, { input: refLine(tip, "refs/heads/main", old) });
    expect(status).toBe(2);
    expect(stderr).toMatch(/GIT_FAILED|OBJECT_MISSING/);
    expect(stderr).toContain("git fsck");
  });
});

describe("a repository of another shape", () => {
  it("is judged in a bare one", () => {
    using world = openPushWorld();
    const dir = join(world.scratch.dir, "bare.git");
    world.dev.git(["clone", "-q", "--bare", world.server.dir, dir]);
    const bare = new Repo(world.scratch, dir);
    installPrePush(bare);
    const commit = (message: string): string =>
      bare.git(["commit-tree", "main^{tree}", "-p", "main", "-F", "-"], { input: message });
    const assisted = commit(ASSISTED);
    const push = (tip: string) => pushTo(world, ["origin", `${tip}:refs/heads/main`], { repo: bare, tip });
    expectRefused(push(assisted), "COSIGN_MISSING", assisted.slice(0, 12));
    expectAllowed(push(commit(VOUCHED)), "co-signed by ada@acme.example");
  });

  it("is judged in a linked worktree and from a folder below its top", () => {
    using world = openPushWorld();
    const { dev, scratch } = world;
    const dir = join(scratch.dir, "linked");
    dev.git(["worktree", "add", "-q", "-b", "work", dir]);
    const linked = new Repo(scratch, dir);
    installPrePush(linked);
    const assisted = linked.commit(ASSISTED, { files: { "deep/er/file.txt": "1\n" } });
    const below = new Repo(scratch, join(dir, "deep/er"));
    installPrePush(below);
    expectRefused(pushTo(world, ["origin", "work:main"], { repo: below }), "COSIGN_MISSING", assisted.slice(0, 12));
    linked.commit(VOUCHED, { files: {}, args: ["--amend"] });
    expectAllowed(pushTo(world, ["origin", "work:main"], { repo: below }), "co-signed by ada@acme.example");
    expect(dev.git(["status", "--porcelain"])).toBe("");
  });

  it("is judged where git is told of it by --git-dir alone", () => {
    using world = openPushWorld();
    const { dev } = world;
    const assisted = dev.commit(ASSISTED);
    const elsewhere = initRepo(world.scratch, "elsewhere");
    const git = ["--git-dir", dev.gitDir, "--work-tree", dev.dir];
    const push = () => {
      const before = world.server.ref("refs/heads/main");
      const { status, stderr } = elsewhere.try([...git, "push", "origin", "main"]);
      return { status, stderr, moved: world.server.ref("refs/heads/main") !== before };
    };
    const refused = push();
    expect({ status: refused.status, moved: refused.moved }).toEqual({ status: 1, moved: false });
    expect(refused.stderr).toContain(`COSIGN_MISSING: ${assisted.slice(0, 12)}`);
    dev.commit(VOUCHED, { args: ["--amend"] });
    expect(push()).toMatchObject({ status: 0, moved: true });
  });

  it("is judged in a partial clone that lacks the files", () => {
    using world = openPushWorld({
      policy: `${POLICY}rules:\n  - name: infrastructure\n    paths: ["infra/**"]\n    deny: No agent here.\n`,
    });
    world.dev.commit(CLEAN, { files: { "infra/main.tf": "resource {}\n", "big.bin": "big\n" } });
    world.dev.git(["push", "-q", "--no-verify", "origin", "main"]);
    world.server.git(["config", "uploadpack.allowFilter", "true"]);
    const dir = join(world.scratch.dir, "partial");
    world.dev.git(["clone", "-q", "--filter=blob:none", `file://${world.server.dir}`, dir]);
    const partial = new Repo(world.scratch, dir);
    installPrePush(partial);
    const assisted = partial.commit(VOUCHED, { files: { "infra/main.tf": null } });
    expectRefused(
      pushTo(world, ["origin", "main"], { repo: partial }),
      "DENIED_BY_RULE",
      assisted.slice(0, 12),
      "No agent here.",
    );
    partial.git(["reset", "-q", "--hard", "HEAD~1"]);
    partial.commit(VOUCHED);
    expectAllowed(pushTo(world, ["origin", "main"], { repo: partial }));
  });

  it("is told apart from a damaged one where a partial clone lacks the policy", () => {
    using world = openPushWorld();
    world.server.git(["config", "uploadpack.allowFilter", "true"]);
    const dir = join(world.scratch.dir, "bare-partial");
    world.dev.git(["clone", "-q", "--no-checkout", "--filter=blob:none", `file://${world.server.dir}`, dir]);
    const partial = new Repo(world.scratch, dir);
    installPrePush(partial);
    partial.git(["commit", "-q", "--allow-empty", "--no-verify", "-m", CLEAN]);
    const push = pushTo(world, ["origin", "main"], { repo: partial });
    expectUndecided(push, "POLICY_NOT_FETCHED", "git show ");
  });
});

function chownAll(path: string, owner: number): void {
  chownSync(path, owner, owner);
  if (lstatSync(path).isDirectory()) for (const name of readdirSync(path)) chownAll(join(path, name), owner);
}
