import { cpSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Adopter, filesOf, makeTemplate, readIn, type Template } from "./adopter.ts";

describe("what is written in a repository", () => {
  let template: Template;
  beforeAll(() => {
    template = makeTemplate();
  });
  afterAll(() => template[Symbol.dispose]());

  /** A project with a folder beside it in which nothing may ever change. */
  function open(prepare: (repo: string, outside: string) => void): Adopter & { readonly outside: string } {
    let outside = "";
    const adopter = template.open(({ dir }) => {
      outside = join(dir, "../outside");
      mkdirSync(join(outside, "hooks"), { recursive: true });
      writeFileSync(join(outside, "theirs"), "#!/bin/sh\n", { mode: 0o755 });
      prepare(dir, outside);
    });
    return { ...adopter, outside };
  }

  const LINK = "it is a symbolic link";
  const OUT = "a link on the way to it leads out of the work tree";

  it.each<
    [what: string, prepare: (repo: string, outside: string) => void, path: string, reason: string, args: string[]]
  >([
    [
      "a policy file that is a link to nothing",
      (repo) => symlinkSync("../outside/policy", join(repo, "countersign.config.yaml")),
      "countersign.config.yaml",
      LINK,
      [],
    ],
    [
      "a policy file that is a folder",
      (repo) => mkdirSync(join(repo, "countersign.config.yaml")),
      "countersign.config.yaml",
      "it is a folder",
      [],
    ],
    [
      "a folder of hooks that is a link out of the work tree",
      (repo, outside) => symlinkSync(join(outside, "hooks"), join(repo, ".husky")),
      ".husky/pre-push",
      OUT,
      [],
    ],
    [
      "a folder of hooks that is a link to another, which husky would fill",
      (repo) => {
        mkdirSync(join(repo, "tools"));
        symlinkSync("tools", join(repo, ".husky"));
      },
      ".husky",
      LINK,
      [],
    ],
    [
      "a folder of hooks that is a link to git's own files",
      (repo) => symlinkSync(".git/hooks", join(repo, ".husky")),
      ".husky/pre-push",
      OUT,
      [],
    ],
    [
      "a folder of hooks that is a link to nothing",
      (repo) => symlinkSync("nowhere", join(repo, ".husky")),
      ".husky/pre-push",
      "a folder on the way to it is not a folder",
      [],
    ],
    [
      "a package.json that is a link",
      (repo) => {
        renameSync(join(repo, "package.json"), join(repo, "manifest.json"));
        symlinkSync("manifest.json", join(repo, "package.json"));
      },
      "package.json",
      LINK,
      [],
    ],
    [
      "a folder of workflows that is a link out of the work tree",
      (repo, outside) => symlinkSync(outside, join(repo, ".github")),
      ".github/countersign/gate.mjs",
      OUT,
      ["--ci", "github"],
    ],
    [
      "git's folder of hooks that is a link out of the repository",
      (repo, outside) => {
        rmSync(join(repo, ".git/hooks"), { recursive: true });
        symlinkSync(join(outside, "hooks"), join(repo, ".git/hooks"));
      },
      ".git/hooks/pre-push",
      "it lies outside this repository",
      ["--manager", "plain"],
    ],
  ])("is nothing where init meets %s", (_, prepare, path, reason, args) => {
    using adopter = open(prepare);
    const before = [filesOf(adopter.repo.dir), filesOf(adopter.outside)];
    for (const mode of ["--yes", "--dry-run"]) {
      const refused = adopter.countersign("init", mode, ...args);
      expect(refused).toMatchObject({ status: 2, stdout: "" });
      expect(refused.stderr).toContain(`FILE_UNWRITABLE: ${path} cannot be written: ${reason}\n`);
    }
    expect([filesOf(adopter.repo.dir), filesOf(adopter.outside)]).toEqual(before);
  });

  it("is nothing where the repository's own core.hooksPath leads out of it", () => {
    using adopter = open(() => {});
    adopter.repo.git(["config", "core.hooksPath", adopter.outside]);
    const before = [filesOf(adopter.repo.dir), filesOf(adopter.outside)];
    const refused = adopter.countersign("init", "--yes");
    expect(refused).toMatchObject({ status: 2, stdout: "" });
    expect(refused.stderr).toContain(
      `FILE_UNWRITABLE: ${adopter.outside}/pre-push cannot be written: it lies outside this repository`,
    );
    expect(refused.stderr).toMatch(/fix: .*core\.hooksPath/);
    expect([filesOf(adopter.repo.dir), filesOf(adopter.outside)]).toEqual(before);
  });

  it.each<[what: string, prepare: (repo: string) => void, hooksPath: string]>([
    ["a folder of the work tree", (repo) => mkdirSync(join(repo, "tools")), "tools"],
    ["a folder that is yet to be made", () => {}, "tools/git/hooks"],
    [
      "a link to another folder of the work tree",
      (repo) => {
        mkdirSync(join(repo, "tools"));
        symlinkSync("tools", join(repo, "hooks"));
      },
      "hooks",
    ],
    ["git's own folder", () => {}, ".git/hooks"],
  ])("are the hooks where core.hooksPath is %s, and all of it can be taken back", (_, prepare, hooksPath) => {
    using adopter = template.open(({ dir }) => prepare(dir));
    adopter.repo.git(["config", "core.hooksPath", hooksPath]);
    const before = filesOf(adopter.repo.dir);
    adopter.init();
    expect(readIn(adopter.repo, `${hooksPath}/pre-push`)).toContain("# >>> countersign");
    expect(adopter.countersign("uninstall", "--yes")).toMatchObject({ status: 0, stderr: "" });
    expect(filesOf(adopter.repo.dir)).toEqual(before);
  });

  it("stays, when it is taken back, where a link has come in its way since", () => {
    using adopter = open((repo) => mkdirSync(join(repo, ".github")));
    const { repo, outside } = adopter;
    adopter.init("--ci", "github");
    // The same bytes elsewhere, so that nothing but the link tells them from what was written.
    cpSync(join(repo.dir, "package.json"), join(outside, "package.json"));
    rmSync(join(repo.dir, "package.json"));
    symlinkSync(join(outside, "package.json"), join(repo.dir, "package.json"));
    cpSync(join(repo.dir, ".github"), join(outside, "github"), { recursive: true });
    rmSync(join(repo.dir, ".github"), { recursive: true });
    symlinkSync(join(outside, "github"), join(repo.dir, ".github"));
    const before = filesOf(outside);
    const { status, stdout } = adopter.countersign("uninstall", "--yes");
    expect(status).toBe(0);
    for (const path of ["package.json", ".github/workflows/countersign.yml"]) {
      expect(stdout).toContain(`${path} was changed since, so it is left as it is`);
    }
    expect(filesOf(outside)).toEqual(before);
    expect(filesOf(repo.dir)).not.toHaveProperty(["countersign.config.yaml"]);
  });
});
