import { chmodSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { requirePrograms } from "../rig/installed/debian-packages.ts";
import { type Run, run } from "../rig/process/run.ts";
import type { Repo } from "../rig/repository/repo.ts";
import { type Adopter, filesOf, makeTemplate, readIn, type Template } from "./adopter.ts";
import { keepAdopter } from "./kept-adopter.ts";

const HOOKS = ["pre-commit", "prepare-commit-msg", "commit-msg"];

/** Stands for the bins of the commit hooks: each notes how it was called, and refuses when it is told to. */
function addBins({ dir }: Repo): void {
  for (const hook of HOOKS) {
    const path = join(dir, "node_modules/.bin", `countersign-${hook}`);
    rmSync(path, { force: true });
    writeFileSync(path, `#!/bin/sh\necho "${hook} $1" >>../calls\n[ "$REFUSE" != ${hook} ]\n`);
    chmodSync(path, 0o755);
  }
}

const CASES: readonly (readonly [manager: string, files: Readonly<Record<string, string>>])[] = [
  ["husky", {}],
  ["plain", {}],
  ["lefthook", { "lefthook.yml": "output: [execution_out]\n" }],
  ["simple-git-hooks", { ".simple-git-hooks.json": "{}" }],
  ["prek", { ".pre-commit-config.yaml": "repos:\n" }],
  ["pre-commit", { ".pre-commit-config.yaml": "repos:\n" }],
];

describe.each(CASES)("the commit hooks that init writes for %s", (manager, files) => {
  let template: Template;
  beforeAll(() => {
    if (manager === "pre-commit") requirePrograms("pre-commit");
    const packages = {
      lefthook: "lefthook@2.2.2",
      "simple-git-hooks": "simple-git-hooks@2.14.0",
      prek: "@j178/prek@0.5.3",
    };
    const name = packages[manager as keyof typeof packages];
    template = makeTemplate(name === undefined ? [] : [name]);
  }, 300_000);
  const adopted = keepAdopter(adopt);
  afterAll(() => {
    adopted[Symbol.dispose]();
    template[Symbol.dispose]();
  });

  function adopt(): Adopter {
    const adopter = template.open((repo) => {
      repo.write(files);
      addBins(repo);
    });
    adopter.init("--manager", manager);
    adopter.adopt();
    return adopter;
  }

  function commit({ repo, env }: Adopter, more: NodeJS.ProcessEnv = {}): Run {
    repo.write({ "a.txt": `${Math.random()}\n` });
    return run("git", ["commit", "-m", "Work"], { cwd: repo.dir, env: { ...env, ...more } });
  }

  it("call each bin once, with the message's file", () => {
    using adopter = adopted.open();
    // One of these hooks runs even past --no-verify.
    rmSync(join(adopter.scratch.dir, "calls"));
    expect(commit(adopter)).toMatchObject({ status: 0 });
    const calls = readIn(adopter.repo, "../calls").replaceAll(`${adopter.repo.dir}/`, "");
    expect(calls).toBe("pre-commit \nprepare-commit-msg .git/COMMIT_EDITMSG\ncommit-msg .git/COMMIT_EDITMSG\n");
  });

  it("let each bin refuse a commit", () => {
    using adopter = adopted.open();
    const before = adopter.repo.oid("HEAD");
    for (const hook of HOOKS) {
      expect({ hook, status: commit(adopter, { REFUSE: hook }).status }).toEqual({ hook, status: 1 });
      expect(adopter.repo.oid("HEAD")).toBe(before);
    }
  });

  it("let a commit pass where countersign is gone, with a word", () => {
    using adopter = adopted.open();
    const bins = join(adopter.repo.dir, "node_modules/.bin");
    for (const name of readdirSync(bins)) if (name.startsWith("countersign")) rmSync(join(bins, name));
    const { status, stdout, stderr } = commit(adopter);
    expect(status).toBe(0);
    // pre-commit and prek keep to themselves what a hook says that passes.
    if (!manager.startsWith("pre"))
      expect(stdout + stderr).toContain("countersign not found, so this commit is not checked");
  });

  it("are added to a hook for pushes that was set up before them", () => {
    using adopter = template.open((repo) => repo.write(files));
    const before = filesOf(adopter.repo.dir);
    adopter.init("--manager", manager);
    addBins(adopter.repo);
    adopter.init("--manager", manager);
    adopter.adopt();
    rmSync(join(adopter.scratch.dir, "calls"));
    expect(commit(adopter)).toMatchObject({ status: 0 });
    expect(readIn(adopter.repo, "../calls").split("\n")).toHaveLength(4);
    adopter.countersign("uninstall", "--yes");
    const after = filesOf(adopter.repo.dir);
    for (const path of new Set([...Object.keys(before), ...Object.keys(after)])) {
      if (/^(?:\.git\/(?!hooks)|a\.txt)/.test(path)) continue;
      expect({ path, is: after[path] }).toEqual({ path, is: before[path] });
    }
  });

  it("are undone byte for byte", () => {
    using adopter = template.open((repo) => {
      repo.write(files);
      addBins(repo);
    });
    const before = filesOf(adopter.repo.dir);
    adopter.init("--manager", manager);
    adopter.countersign("uninstall", "--yes");
    expect(filesOf(adopter.repo.dir)).toEqual(before);
  });
});
