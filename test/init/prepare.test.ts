import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "../rig/process/run.ts";
import { type Adopter, makeTemplate, npm, type Template } from "./adopter.ts";

describe("the prepare script that init writes", () => {
  let template: Template;
  let adopter: Adopter;
  beforeAll(() => {
    template = makeTemplate();
    adopter = template.open();
    adopter.init();
    adopter.adopt();
  });
  afterAll(() => {
    adopter[Symbol.dispose]();
    template[Symbol.dispose]();
  });

  /** The committed files, without a repository around them, as an image or a release has them. */
  function exportTree(name: string): string {
    const dir = join(adopter.scratch.dir, name);
    mkdirSync(dir);
    run("sh", ["-c", `git archive HEAD | tar -x -C '${dir}'`], { cwd: adopter.repo.dir, env: adopter.env });
    return dir;
  }

  it("is quiet in an installation for production", () => {
    const dir = exportTree("production");
    const { stdout, stderr } = npm(adopter.scratch, dir, "ci", "--omit=dev", "--silent");
    expect({ stdout, stderr }).toEqual({ stdout: "", stderr: "" });
    expect(existsSync(join(dir, "node_modules/countersign"))).toBe(false);
  });

  it("is quiet where only the manifest was copied before the installation", () => {
    const dir = join(adopter.scratch.dir, "image");
    mkdirSync(dir);
    for (const name of ["package.json", "package-lock.json"]) cpSync(join(adopter.repo.dir, name), join(dir, name));
    const { stdout, stderr } = npm(adopter.scratch, dir, "ci", "--omit=dev", "--silent");
    expect({ stdout, stderr }).toEqual({ stdout: "", stderr: "" });
  });

  it("is quiet in an exported tree with all packages", () => {
    const dir = exportTree("exported");
    cpSync(join(adopter.repo.dir, "node_modules"), join(dir, "node_modules"), {
      recursive: true,
      verbatimSymlinks: true,
    });
    const { stdout, stderr } = npm(adopter.scratch, dir, "run", "--silent", "prepare");
    expect({ stdout, stderr }).toEqual({ stdout: "", stderr: "" });
    expect(existsSync(join(dir, ".husky/_"))).toBe(false);
  });

  it("leaves a repository around an exported tree alone", () => {
    const outer = join(adopter.scratch.dir, "outer");
    run("git", ["init", "-q", outer], { cwd: adopter.scratch.dir, env: adopter.env });
    const before = readFileSync(join(outer, ".git/config"), "utf8");
    const dir = join(outer, "vendor");
    cpSync(exportTree("again"), dir, { recursive: true });
    cpSync(join(adopter.repo.dir, "node_modules"), join(dir, "node_modules"), {
      recursive: true,
      verbatimSymlinks: true,
    });
    npm(adopter.scratch, dir, "run", "--silent", "prepare");
    expect(readFileSync(join(outer, ".git/config"), "utf8")).toBe(before);
  });

  it("says what is wrong where it cannot switch the hooks on, and fails nobody's installation", () => {
    const clone = join(adopter.scratch.dir, "clone");
    run("git", ["clone", "-q", adopter.server.dir, clone], { cwd: adopter.scratch.dir, env: adopter.env });
    cpSync(join(adopter.repo.dir, "node_modules"), join(clone, "node_modules"), {
      recursive: true,
      verbatimSymlinks: true,
    });
    rmSync(join(clone, ".git/config"));
    writeFileSync(join(clone, ".git/config"), "[core\n");
    const { stderr } = npm(adopter.scratch, clone, "run", "--silent", "prepare");
    expect(stderr).toContain("countersign: the hooks are not on: ");
  });
});
