import {
  chmodSync,
  chownSync,
  existsSync,
  lchownSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { countersign, expectFault } from "../rig/process/countersign.ts";
import { run } from "../rig/process/run.ts";
import { initRepo, Repo } from "../rig/repository/repo.ts";
import { openScratch, type Scratch } from "../rig/repository/scratch.ts";
import { COUNTERSIGN_BIN } from "../rig/suite/bins.ts";
import { ASSISTED } from "../rig/worlds/attempt.ts";
import { openPushWorld, POLICY } from "../rig/worlds/push-world.ts";

const COMMANDS: readonly (readonly string[])[] = [["check"], ["log"], ["explain", "HEAD"]];
const FILE = "countersign.config.yaml";

/** A folder that holds node and nothing else. */
function pathWithoutGit(scratch: Scratch): string {
  const folder = join(scratch.dir, "bin");
  mkdirSync(folder, { recursive: true });
  symlinkSync(process.execPath, join(folder, "node"));
  return folder;
}

describe.each(COMMANDS)("countersign %s tells in one message", (...args) => {
  it("that this is no repository", () => {
    using scratch = openScratch();
    expectFault(countersign(new Repo(scratch, scratch.dir), args), "NOT_A_REPOSITORY", "--repo");
  });

  it("that git is missing", () => {
    using world = openPushWorld();
    const env = { PATH: pathWithoutGit(world.scratch) };
    expectFault(countersign(world.dev, args, { env }), "GIT_NOT_STARTED", "PATH");
  });

  it("that git cannot be run", () => {
    using world = openPushWorld();
    const folder = pathWithoutGit(world.scratch);
    writeFileSync(join(folder, "git"), "#!/bin/sh\nexit 0\n");
    chmodSync(join(folder, "git"), 0o644);
    expectFault(countersign(world.dev, args, { env: { PATH: folder } }), "GIT_NOT_STARTED");
  });

  it("that the working directory is gone", () => {
    using world = openPushWorld();
    const gone = join(world.scratch.dir, "gone");
    mkdirSync(gone);
    const script = `cd "${gone}" && rmdir "${gone}" && "${process.execPath}" "${COUNTERSIGN_BIN}" ${args.join(" ")}`;
    const result = run("sh", ["-c", script], { cwd: world.scratch.dir, env: world.dev.env });
    expectFault(result, "DIRECTORY_MISSING");
  });

  it("that the repository named with --repo does not exist", () => {
    using world = openPushWorld();
    expectFault(
      countersign(world.dev, ["--repo", join(world.scratch.dir, "none"), ...args]),
      "DIRECTORY_MISSING",
      "none",
    );
  });

  it("that the repository named with --repo is a file", () => {
    using world = openPushWorld();
    const file = join(world.dev.dir, "README.md");
    expectFault(countersign(world.dev, ["--repo", file, ...args]), "(?:NOT_A_REPOSITORY|DIRECTORY_MISSING)");
  });

  it("that the repository has no commit", () => {
    using scratch = openScratch();
    const repo = initRepo(scratch, "empty");
    // Without a commit there is no policy either; whichever is told, it is told once.
    const { stderr } = countersign(repo, args);
    expect(stderr).toMatch(/^(?:BRANCH_UNBORN|POLICY_REF_UNKNOWN|POLICY_MISSING): /);
    expectFault(countersign(repo, args), stderr.split(":", 1)[0] ?? "");
  });

  it("that the repository belongs to another user, and which exact directory to trust", () => {
    using world = openPushWorld();
    chownAll(world.dev.dir, 12_345);
    const fix = `git config --global --add safe.directory ${world.dev.dir}\n`;
    expectFault(countersign(world.dev, args), "OWNER_MISMATCH", fix);
    // The advice works when it is carried out.
    run("sh", ["-c", fix], { cwd: world.scratch.dir, env: world.dev.env });
    expect(countersign(world.dev, args).stderr).toBe("");
  });

  it("which directory to trust where its name holds blanks and quotes", () => {
    using scratch = openScratch();
    const repo = initRepo(scratch, "it's a repo");
    repo.commit("Adopt\n", { files: { [FILE]: POLICY } });
    chownAll(repo.dir, 12_345);
    const { stderr } = countersign(repo, args);
    const fix = /fix: .*?(git config .*)\n$/.exec(stderr)?.[1] ?? "";
    run("sh", ["-c", fix], { cwd: scratch.dir, env: repo.env });
    expect(countersign(repo, args)).toMatchObject({ status: 0, stderr: "" });
  });
});

describe("a branch without a commit", () => {
  it("is told by its name", () => {
    using world = openPushWorld();
    world.dev.git(["switch", "-q", "--orphan", "fresh"]);
    for (const args of COMMANDS) expectFault(countersign(world.dev, args), "BRANCH_UNBORN", "fresh");
  });
});

describe("a bare repository", () => {
  it("without a policy says so", () => {
    using world = openPushWorld({ policy: null });
    expectFault(countersign(world.server, ["check"]), "POLICY_MISSING", "refs/heads/main");
    expectFault(countersign(world.server, ["explain", "HEAD"]), "POLICY_MISSING", "refs/heads/main");
    expect(countersign(world.server, ["log"]).status).toBe(0);
  });

  it("has no work tree to read a policy from", () => {
    using world = openPushWorld();
    expectFault(countersign(world.server, ["check", "--work-tree-policy"]), "WORK_TREE_MISSING", "--policy");
  });

  it("whose HEAD names a branch that is not there has no policy that is in force", () => {
    using world = openPushWorld();
    world.server.git(["symbolic-ref", "HEAD", "refs/heads/gone"]);
    expectFault(countersign(world.server, ["check", "main"]), "POLICY_REF_UNKNOWN");
  });
});

describe("a shallow clone", () => {
  it("is enough where no history beyond its boundary is needed, and said to be shallow where it is", () => {
    using world = openPushWorld();
    for (const subject of ["Older", "Old"]) world.dev.commit(`${subject}\n`);
    world.dev.git(["push", "-q", "--no-verify", "origin", "main"]);
    const base = world.dev.oid("HEAD");
    world.dev.commit(ASSISTED);
    world.dev.git(["push", "-q", "--no-verify", "origin", "HEAD:refs/heads/topic"]);
    world.dev.git([
      "clone",
      "-q",
      "--depth=2",
      "-b",
      "topic",
      "--no-single-branch",
      `file://${world.server.dir}`,
      join(world.scratch.dir, "ci"),
    ]);
    const ci = new Repo(world.scratch, join(world.scratch.dir, "ci"));
    const judged = countersign(ci, ["check", `${base}..HEAD`]);
    expect(judged.stdout).toContain("COSIGN_MISSING");
    expect({ status: judged.status, stderr: judged.stderr }).toEqual({ status: 1, stderr: "" });
    expect(countersign(ci, ["log", "HEAD^..HEAD"]).status).toBe(0);
    const beyond = countersign(ci, ["log"]);
    expect(beyond.status).toBe(2);
    expect(beyond.stderr).toContain("HISTORY_SHALLOW");
    expect(beyond.stderr).toContain("neither judged nor listed");
    expect(beyond.stderr).toMatch(/git fetch --unshallow.*fetch-depth:? 0/);
  });

  it("whose base is beyond its boundary cannot be judged", () => {
    using world = openPushWorld();
    for (const subject of ["a", "b", "c"]) world.dev.commit(`${subject}\n`);
    world.dev.git(["push", "-q", "--no-verify", "origin", "HEAD:refs/heads/topic"]);
    world.dev.git([
      "clone",
      "-q",
      "--depth=1",
      "-b",
      "topic",
      "--no-single-branch",
      `file://${world.server.dir}`,
      join(world.scratch.dir, "ci"),
    ]);
    const ci = new Repo(world.scratch, join(world.scratch.dir, "ci"));
    const { status, stdout, stderr } = countersign(ci, ["check", "origin/main..HEAD"]);
    expect(status).toBe(2);
    expect(stdout + stderr).toContain("HISTORY_SHALLOW");
    expect(stdout + stderr).toContain("git fetch --unshallow");
  });
});

function chownAll(path: string, uid: number): void {
  for (const entry of readdirSync(path, { recursive: true, encoding: "utf8" })) lchownSync(join(path, entry), uid, uid);
  chownSync(path, uid, uid);
}

it("leaves nothing behind", () => {
  using world = openPushWorld();
  rmSync(join(world.dev.dir, ".git/hooks"), { recursive: true });
  countersign(world.dev, ["check", "nothing"]);
  expect(existsSync(join(world.dev.dir, "nothing"))).toBe(false);
  expect(world.dev.git(["status", "--porcelain"])).toBe("");
});
