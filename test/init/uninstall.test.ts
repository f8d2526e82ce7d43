import { chmodSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "../rig/process/run.ts";
import type { Repo } from "../rig/repository/repo.ts";
import { existsIn, filesOf, makeTemplate, readIn, type Template } from "./adopter.ts";

function append(repo: Repo, path: string, text: string): void {
  writeFileSync(join(repo.dir, path), readIn(repo, path) + text);
}

describe("countersign uninstall", () => {
  let template: Template;
  beforeAll(() => {
    template = makeTemplate();
  });
  afterAll(() => template[Symbol.dispose]());

  it.each([
    ["an npm project without anything", () => {}],
    [
      "a project with husky and scripts of its own",
      (repo: Repo) => {
        writeFileSync(join(repo.dir, "package.json"), '{"name":"x","scripts":{"test":"true","prepare":"husky"}}');
        repo.write({ ".husky/pre-push": "npm test\n", ".husky/commit-msg": "true" });
        run("node_modules/.bin/husky", [], { cwd: repo.dir, env: repo.env });
      },
    ],
    [
      "files with another system's line ends and a mark at the start",
      (repo: Repo) => {
        writeFileSync(
          join(repo.dir, "package.json"),
          '\uFEFF{\r\n    "name": "x",\r\n    "scripts": {\r\n    }\r\n}\r\n',
        );
      },
    ],
  ])("restores %s byte for byte", (_, prepare) => {
    using adopter = template.open(prepare);
    const before = filesOf(adopter.repo.dir);
    adopter.init("--ci", "github");
    expect(filesOf(adopter.repo.dir)).not.toEqual(before);
    const { status, stdout, stderr } = adopter.countersign("uninstall", "--yes");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("countersign: uninstalled");
    expect(filesOf(adopter.repo.dir)).toEqual(before);
  });

  it("takes back what was set up in several goes", () => {
    using adopter = template.open();
    const before = filesOf(adopter.repo.dir);
    adopter.init();
    adopter.init("--ci", "github");
    adopter.init("--ci", "gitlab");
    adopter.countersign("uninstall", "--yes");
    expect(filesOf(adopter.repo.dir)).toEqual(before);
  });

  it("takes its own part alone out of files that were changed since, and keeps a policy that was", () => {
    using adopter = template.open();
    const { repo } = adopter;
    adopter.init();
    append(repo, ".husky/pre-push", "npm test\n");
    append(repo, "countersign.config.yaml", "disclosure: required\n");
    const manifest = readIn(repo, "package.json");
    writeFileSync(join(repo.dir, "package.json"), manifest.replace('"payments"', '"payments-2"'));
    const { stdout } = adopter.countersign("uninstall", "--yes");
    expect(stdout).toMatch(/^ {2}remove our part {2}package\.json$/m);
    expect(stdout).toContain("countersign.config.yaml was changed since, so it is left as it is");
    expect(readIn(repo, ".husky/pre-push")).toBe("npm test\n");
    expect(readIn(repo, "countersign.config.yaml")).toContain("disclosure: required");
    expect(JSON.parse(readIn(repo, "package.json"))).toEqual({
      name: "payments-2",
      devDependencies: expect.anything(),
    });
  });

  it("is content with what somebody took away before", () => {
    using adopter = template.open();
    adopter.init();
    rmSync(join(adopter.repo.dir, ".husky"), { recursive: true });
    rmSync(join(adopter.repo.dir, "countersign.config.yaml"));
    expect(adopter.countersign("uninstall", "--yes")).toMatchObject({ status: 0, stderr: "" });
    expect(existsIn(adopter.repo, ".git/countersign")).toBe(false);
  });

  it("keeps a hooks path that somebody set since", () => {
    using adopter = template.open();
    adopter.init();
    adopter.repo.git(["config", "core.hooksPath", "elsewhere"]);
    const { stdout } = adopter.countersign("uninstall", "--yes");
    expect(stdout).toContain("git config core.hooksPath was changed since");
    expect(adopter.repo.git(["config", "core.hooksPath"])).toBe("elsewhere");
  });

  it("takes back from a linked work tree what was set up in the main one", () => {
    using adopter = template.open((repo) => repo.write({ "a.txt": "a\n" }));
    adopter.repo.commit("Start\n");
    const before = filesOf(adopter.repo.dir);
    adopter.init();
    const linked = join(adopter.scratch.dir, "linked");
    adopter.repo.git(["worktree", "add", "-q", "--detach", linked]);
    const bin = join(adopter.repo.dir, "node_modules/.bin/countersign");
    expect(run(bin, ["uninstall", "--yes"], { cwd: linked, env: adopter.env })).toMatchObject({ status: 0 });
    adopter.repo.git(["worktree", "remove", linked]);
    expect(filesOf(adopter.repo.dir)).toEqual(before);
  });

  it("takes back in a copy what was set up in the original, and there alone", () => {
    using adopter = template.open();
    adopter.init();
    const before = filesOf(adopter.repo.dir);
    const copy = join(adopter.scratch.dir, "copy");
    run("cp", ["-r", adopter.repo.dir, copy], { cwd: adopter.scratch.dir, env: adopter.env });
    const bin = join(copy, "node_modules/.bin/countersign");
    expect(run(bin, ["uninstall", "--yes"], { cwd: copy, env: adopter.env })).toMatchObject({ status: 0 });
    expect(filesOf(adopter.repo.dir)).toEqual(before);
    expect(Object.keys(filesOf(copy))).not.toContain(".husky/");
  });

  it("shows what it would do, and does nothing", () => {
    using adopter = template.open();
    adopter.init();
    const before = filesOf(adopter.repo.dir);
    const { status, stdout } = adopter.countersign("uninstall", "--dry-run");
    expect(status).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "countersign uninstall

        remove           git config includeIf.gitdir:./worktrees/.path
        remove           git config core.hooksPath
        remove           .git/countersign/linked/
        remove           .husky/_/
        remove           .gitattributes
        restore          package.json
        remove           .husky/
        remove           countersign.config.yaml
      "
    `);
    expect(filesOf(adopter.repo.dir)).toEqual(before);
  });

  it("says where there is nothing to take back", () => {
    using adopter = template.open();
    expect(adopter.countersign("uninstall", "--yes")).toMatchObject({
      status: 0,
      stdout:
        "countersign: nothing to undo: init was not run in this clone\n  what came with a commit is undone by `git revert`\n",
      stderr: "",
    });
  });

  it("names the committed files that still call countersign, in every clone", () => {
    using adopter = template.open();
    const { repo, scratch, server } = adopter;
    repo.write({
      "README.md": "We use countersign.\n",
      ".github/workflows/ci.yml": "# No countersign here.\non: push\n",
    });
    adopter.init("--ci", "github", "--agents", "claude-code");
    adopter.adopt();
    const FILES = [".claude/settings.json", ".github/workflows/countersign.yml", ".husky/pre-push"];
    const mate = join(scratch.dir, "mate");
    run("git", ["clone", "-q", server.dir, mate], { cwd: scratch.dir, env: adopter.env });
    const bin = join(repo.dir, "node_modules/.bin/countersign");
    const elsewhere = run(bin, ["uninstall", "--yes"], { cwd: mate, env: adopter.env });
    expect(elsewhere.stdout).toContain("nothing to undo");
    const [, there = ""] = /still call countersign:\n((?: {4}.*\n)+)/.exec(elsewhere.stdout) ?? [];
    expect(there.split("\n").map((line) => line.trim())).toEqual(expect.arrayContaining(FILES));
    expect(there).not.toMatch(/README|ci\.yml|package\.json|config\.yaml/);
    const { stdout } = adopter.countersign("uninstall", "--yes");
    expect(stdout).not.toContain("still call countersign");
    const [, committed = ""] = /until you commit what was undone here:\n((?: {4}.*\n)+)/.exec(stdout) ?? [];
    expect(committed).toBe(there);
    repo.git(["commit", "-q", "-a", "--no-verify", "-m", "Do without countersign"]);
    expect(adopter.countersign("uninstall", "--yes").stdout).not.toContain("until you commit what was undone");
  });

  it("does nothing where nobody can be asked", () => {
    using adopter = template.open();
    adopter.init();
    const before = filesOf(adopter.repo.dir);
    const refused = adopter.countersign("uninstall");
    expect(refused).toMatchObject({ status: 2, stdout: "" });
    expect(refused.stderr).toMatch(/^UNATTENDED: /);
    expect(filesOf(adopter.repo.dir)).toEqual(before);
  });

  it("does nothing where its notes are damaged", () => {
    using adopter = template.open();
    adopter.init();
    writeFileSync(join(adopter.repo.dir, ".git/countersign/init.json"), "{");
    const before = filesOf(adopter.repo.dir);
    const refused = adopter.countersign("uninstall", "--yes");
    expect(refused).toMatchObject({ status: 2, stdout: "" });
    expect(refused.stderr).toMatch(/^FILE_UNREADABLE: /);
    expect(filesOf(adopter.repo.dir)).toEqual(before);
  });

  it("gives a hook its former mode back", () => {
    using adopter = template.open((repo) => {
      writeFileSync(join(repo.dir, ".git/hooks/pre-push"), "#!/bin/sh\n");
      chmodSync(join(repo.dir, ".git/hooks/pre-push"), 0o700);
    });
    const before = filesOf(adopter.repo.dir);
    adopter.init();
    adopter.countersign("uninstall", "--yes");
    expect(filesOf(adopter.repo.dir)).toEqual(before);
  });
});
