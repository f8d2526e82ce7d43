import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Run, run } from "../rig/process/run.ts";
import {
  type Adopter,
  ASSISTED,
  existsIn,
  filesOf,
  makeTemplate,
  npm,
  push,
  readIn,
  type Template,
  VOUCHED,
} from "./adopter.ts";

describe("husky in linked work trees", () => {
  let template: Template;
  beforeAll(() => {
    template = makeTemplate();
  });
  afterAll(() => template[Symbol.dispose]());

  interface Tree {
    readonly git: (...args: readonly string[]) => Run;
    readonly dir: string;
  }

  /** A work tree beside a repository, without packages of its own. */
  function addTree({ scratch, env }: Adopter, from: string, name: string): Tree {
    const dir = join(scratch.dir, name);
    const { status, stderr } = run("git", ["worktree", "add", "-q", dir, "-b", name], { cwd: from, env });
    if (status !== 0) throw new Error(stderr);
    return { dir, git: (...args) => run("git", args, { cwd: dir, env }) };
  }

  function expectGuarded({ server }: Adopter, { git }: Tree): void {
    const before = server.ref("refs/heads/main");
    expect(git("commit", "--allow-empty", "-m", ASSISTED)).toMatchObject({ status: 0 });
    const refused = git("push", "origin", "HEAD:main");
    expect(refused.stderr).toContain("COSIGN_MISSING");
    expect([refused.status, server.ref("refs/heads/main")]).toEqual([1, before]);
    expect(git("push", "-q", "origin", "HEAD~:refs/heads/innocent")).toMatchObject({ status: 0 });
  }

  it("runs the scripts of that work tree", () => {
    using adopter = template.open();
    adopter.init();
    adopter.adopt();
    const tree = addTree(adopter, adopter.repo.dir, "linked");
    expectGuarded(adopter, tree);
    writeFileSync(join(tree.dir, ".husky/commit-msg"), "echo here >&2\nexit 3\n");
    expect(tree.git("commit", "--allow-empty", "-m", "Work").stderr).toContain("here");
    writeFileSync(join(tree.dir, ".husky/post-commit"), "echo theirs >&2\n");
    const main = run("git", ["commit", "-q", "--allow-empty", "-m", "Work"], {
      cwd: adopter.repo.dir,
      env: adopter.env,
    });
    expect(main).toMatchObject({ status: 0, stderr: "" });
    expect(tree.git("commit", "--allow-empty", "--no-verify", "-m", "Work").stderr).toContain("theirs");
  });

  it("is on in another clone, whose packages bring husky on by themselves", () => {
    using adopter = template.open((repo) => {
      const manifest = JSON.parse(readIn(repo, "package.json"));
      repo.write({ "package.json": JSON.stringify({ ...manifest, scripts: { prepare: "husky" } }) });
      run("node_modules/.bin/husky", [], { cwd: repo.dir, env: repo.env });
    });
    adopter.init();
    adopter.adopt();
    const mate = join(adopter.scratch.dir, "mate");
    adopter.repo.git(["clone", "-q", adopter.server.dir, mate]);
    run("cp", ["-r", join(adopter.repo.dir, "node_modules"), mate], { cwd: mate, env: adopter.env });
    const old = addTree(adopter, mate, "before");
    npm(adopter.scratch, mate, "run", "--silent", "prepare");
    expectGuarded(adopter, old);
    expectGuarded(adopter, addTree(adopter, mate, "later"));
  });

  it("is on in every work tree of a bare clone", () => {
    using adopter = template.open();
    adopter.init();
    adopter.adopt();
    const bare = join(adopter.scratch.dir, "bare.git");
    const git = (...args: readonly string[]): Run => run("git", args, { cwd: adopter.scratch.dir, env: adopter.env });
    git("clone", "-q", "--bare", adopter.server.dir, bare);
    git("-C", bare, "config", "remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*");
    git("-C", bare, "fetch", "-q");
    const [one, other] = [addTree(adopter, bare, "one"), addTree(adopter, bare, "other")];
    run("cp", ["-r", join(adopter.repo.dir, "node_modules"), one.dir], { cwd: one.dir, env: adopter.env });
    npm(adopter.scratch, one.dir, "run", "--silent", "prepare");
    expectGuarded(adopter, one);
    expectGuarded(adopter, other);
  });

  it("leaves nothing of it when it is taken back", () => {
    using adopter = template.open();
    const before = filesOf(adopter.repo.dir);
    adopter.init();
    expect(adopter.countersign("uninstall", "--yes")).toMatchObject({ status: 0 });
    expect(filesOf(adopter.repo.dir)).toEqual(before);
  });
});

describe("husky, set up by init", () => {
  let template: Template;
  beforeAll(() => {
    template = makeTemplate();
  });
  afterAll(() => template[Symbol.dispose]());

  it("refuses assisted work on main and lets co-signed work pass", () => {
    using adopter = template.open();
    adopter.init();
    adopter.adopt();
    adopter.repo.commit(ASSISTED);
    const refused = push(adopter);
    expect(refused.stderr).toContain("COSIGN_MISSING");
    expect(refused).toMatchObject({ status: 1, after: refused.before });
    const vouched = adopter.repo.commit(VOUCHED, { args: ["--amend"] });
    expect(push(adopter)).toMatchObject({ status: 0, after: vouched });
  });

  it("sees every ref of a push", () => {
    using adopter = template.open();
    adopter.init();
    adopter.adopt();
    adopter.repo.git(["branch", "clean"]);
    adopter.repo.commit(ASSISTED);
    const refused = push(adopter, ["origin", "clean", "main"]);
    expect(refused.stderr).toContain("COSIGN_MISSING");
    expect(refused).toMatchObject({ status: 1, after: refused.before });
  });

  it("is on in another clone after npm install, without a word", () => {
    using adopter = template.open();
    adopter.init();
    adopter.adopt();
    adopter.repo.git(["clone", "-q", adopter.server.dir, "../clone"]);
    const clone = join(adopter.scratch.dir, "clone");
    // What the first clone installed: the tarball's path in package.json would lead into the template's folder.
    run("cp", ["-r", join(adopter.repo.dir, "node_modules"), clone], { cwd: clone, env: adopter.env });
    const { stdout, stderr } = npm(adopter.scratch, clone, "run", "--silent", "prepare");
    expect({ stdout, stderr }).toEqual({ stdout: "", stderr: "" });
    const hooksPath = run("git", ["config", "core.hooksPath"], { cwd: clone, env: adopter.env });
    expect(hooksPath.stdout).toBe(".husky/_\n");
  });

  it("keeps the scripts that are there, which get git's list of refs as well", () => {
    using adopter = template.open((repo) => {
      repo.git(["config", "core.hooksPath", ".husky/_"]);
      repo.write({
        ".husky/_/h": "#!/usr/bin/env sh\n",
        ".husky/pre-push": "cat >seen\n",
      });
      run("node_modules/.bin/husky", [], { cwd: repo.dir, env: repo.env });
    });
    adopter.init();
    expect(readIn(adopter.repo, ".husky/pre-push")).toMatch(/^# >>> countersign[\s\S]*# <<< countersign\ncat >seen\n$/);
    adopter.adopt();
    const tip = adopter.repo.commit("Tidy\n");
    expect(push(adopter, ["origin", "main", "main:copy"])).toMatchObject({ status: 0, after: tip });
    const seen = readIn(adopter.repo, "seen");
    expect(seen).toMatch(
      new RegExp(`^refs/heads/main ${tip} refs/heads/main \\w+\nrefs/heads/main ${tip} refs/heads/copy 0+\n$`),
    );
  });

  it("honours a script that refuses where it has no objection itself", () => {
    using adopter = template.open((repo) => {
      repo.write({ ".husky/pre-push": "echo theirs >&2\nexit 7\n" });
      run("node_modules/.bin/husky", [], { cwd: repo.dir, env: repo.env });
    });
    adopter.init();
    adopter.adopt();
    adopter.repo.commit("Tidy\n");
    const refused = push(adopter);
    expect(refused.stderr).toContain("theirs");
    expect(refused).toMatchObject({ status: 1, after: refused.before });
  });

  it("is not set up twice", () => {
    using adopter = template.open();
    adopter.init();
    const before = filesOf(adopter.repo.dir);
    const again = adopter.countersign("init", "--yes");
    expect(again).toMatchObject({ status: 0, stdout: "countersign: everything is set up (husky)\n", stderr: "" });
    expect(filesOf(adopter.repo.dir)).toEqual(before);
  });

  it.each([
    ["another command", "tsc -b", /^tsc -b && node -e /],
    ["husky itself", "husky", /^husky$/],
  ])("goes along with a prepare script that is %s", (_, prepare, wanted) => {
    using adopter = template.open((repo) => {
      const manifest = JSON.parse(readIn(repo, "package.json"));
      const text = JSON.stringify({ ...manifest, scripts: { prepare } }, null, "\t");
      writeFileSync(join(repo.dir, "package.json"), text);
    });
    adopter.init();
    const text = readIn(adopter.repo, "package.json");
    expect(JSON.parse(text).scripts.prepare).toMatch(wanted);
    // The file keeps its tabs and its missing line end.
    expect(text).toMatch(/^\{\n\t"name"[\s\S]*\}$/);
  });

  it("is not taken where it would switch off hooks that git runs now", () => {
    using adopter = template.open((repo) => {
      writeFileSync(join(repo.dir, ".git/hooks/post-checkout"), "#!/bin/sh\n", { mode: 0o755 });
    });
    const before = filesOf(adopter.repo.dir);
    const refused = adopter.countersign("init", "--yes", "--manager", "husky");
    expect(refused.status).toBe(2);
    expect(refused.stderr).toMatch(/^MANAGER_UNFIT: husky .*post-checkout\n {2}why: .+\n {2}fix: use --manager plain/);
    expect(filesOf(adopter.repo.dir)).toEqual(before);
  });

  it("is asked to run, and leaves nothing behind where it does not", () => {
    using adopter = template.open();
    const before = filesOf(adopter.repo.dir);
    const refused = run(join(adopter.repo.dir, "node_modules/.bin/countersign"), ["init", "--yes"], {
      cwd: adopter.repo.dir,
      env: { ...adopter.env, HUSKY: "0" },
    });
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain("MANAGER_FAILED");
    expect(filesOf(adopter.repo.dir)).toEqual(before);
  });

  it("works in a project that lies in a folder of the repository", () => {
    using adopter = template.open();
    const { repo } = adopter;
    run("sh", ["-c", "mkdir web && mv node_modules package.json package-lock.json web"], {
      cwd: repo.dir,
      env: adopter.env,
    });
    const web = join(repo.dir, "web");
    const set = run(join(web, "node_modules/.bin/countersign"), ["init", "--yes"], { cwd: web, env: adopter.env });
    expect(set).toMatchObject({ status: 0, stderr: "" });
    expect(repo.git(["config", "core.hooksPath"])).toBe("web/.husky/_");
    expect(readIn(repo, "countersign.config.yaml")).toMatch(/\$schema=\.\/web\/node_modules\//);
    adopter.adopt();
    repo.commit(ASSISTED);
    const refused = push(adopter);
    expect(refused.stderr).toContain("COSIGN_MISSING");
    expect(refused).toMatchObject({ status: 1, after: refused.before });
    rmSync(join(web, ".husky/_"), { recursive: true });
    npm(adopter.scratch, web, "run", "prepare");
    expect(existsIn(repo, "web/.husky/_/pre-push")).toBe(true);
  });
});
