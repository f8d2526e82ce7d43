import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Repo } from "../rig/repository/repo.ts";
import { ASSISTED, makeTemplate, push, readIn, type Template } from "./adopter.ts";

describe("lefthook", () => {
  let template: Template;
  beforeAll(() => {
    template = makeTemplate(["lefthook@2.2.2"]);
  });
  afterAll(() => template[Symbol.dispose]());

  it.each([
    [
      "lefthook.yml",
      "extends:\n  - other.yml # ours\n",
      "extends:\n  - other.yml # ours\n  - .lefthook/countersign.yml\n",
    ],
    ["lefthook.yaml", "extends: [other.yml]\n", "extends: [other.yml, .lefthook/countersign.yml]\n"],
    [".lefthook.yml", "output: [summary]", "output: [summary]\nextends:\n  - .lefthook/countersign.yml\n"],
    [
      "lefthook.json",
      '{\n\t"output": ["summary"]\n}\n',
      '{\n\t"output": ["summary"],\n\t"extends": [\n\t\t".lefthook/countersign.yml"\n\t]\n}\n',
    ],
    ["lefthook.json", '{ "extends": ["other.yml"] }', '{ "extends": ["other.yml", ".lefthook/countersign.yml"] }'],
    [
      "lefthook.toml",
      '# Ours.\n[pre-commit.commands.lint]\nrun = "true"\n',
      'extends = [".lefthook/countersign.yml"]\n# Ours.\n[pre-commit.commands.lint]\nrun = "true"\n',
    ],
    [
      ".config/lefthook.toml",
      'output = ["summary"]\nextends = [\n  "other.yml",\n]\n',
      'output = ["summary"]\nextends = [".lefthook/countersign.yml", \n  "other.yml",\n]\n',
    ],
  ])("is extended in %s, where nothing else changes, and runs the hook: %j", (path, before, after) => {
    using adopter = template.open((repo) => {
      repo.write({ "other.yml": "output: [summary]\n", [path]: before });
    });
    adopter.init();
    expect(readIn(adopter.repo, path)).toBe(after);
    adopter.adopt();
    adopter.repo.commit(ASSISTED);
    const refused = push(adopter);
    expect(refused.stderr + refused.stdout).toContain("COSIGN_MISSING");
    expect(refused).toMatchObject({ status: 1, after: refused.before });
  });

  it("has its scripts where its configuration says", () => {
    using adopter = template.open((repo) => repo.write({ "lefthook.yml": "source_dir: tools/hooks\n" }));
    adopter.init();
    adopter.adopt();
    adopter.repo.commit(ASSISTED);
    expect(readIn(adopter.repo, "tools/hooks/pre-push/countersign.sh")).toContain("countersign-pre-push");
    expect(push(adopter)).toMatchObject({ status: 1 });
  });

  it("is never taken to hand on what it keeps", () => {
    using adopter = template.open((repo) => repo.write({ "lefthook.yml": "" }));
    adopter.init();
    adopter.adopt();
    const path = join(adopter.repo.dir, ".lefthook/countersign.yml");
    writeFileSync(path, readFileSync(path, "utf8").replace("use_stdin: true", "use_stdin: false"));
    adopter.repo.commit(ASSISTED);
    const refused = push(adopter);
    expect(refused.stderr + refused.stdout).toContain("STDIN_EMPTY");
    expect(refused).toMatchObject({ status: 1, after: refused.before });
  });

  it("is named where its own settings keep it from running any hook", () => {
    using adopter = template.open((repo) => {
      repo.write({ "lefthook.yml": "pre-push:\n  skip:\n    - ref: main\n" });
    });
    expect(adopter.init().stdout).toContain(
      "note: lefthook.yml has pre-push.skip: where it applies, lefthook runs no hook",
    );
  });

  it.each([
    ["is no YAML", "pre-push: [\n"],
    ["has an extends that is no list", "extends: other.yml\n"],
    ["holds a list", "- pre-push\n"],
  ])("is left alone where its file %s, and the lines are given to be added by hand", (_, text) => {
    using adopter = template.open((repo: Repo) => repo.write({ "lefthook.yml": text }));
    const refused = adopter.countersign("init", "--yes");
    expect(refused.status).toBe(2);
    expect(refused.stderr).toMatch(
      /^FILE_UNFIT: lefthook\.yml .+\n {2}- extends:\n {2}- {3}- \.lefthook\/countersign\.yml\n {2}why:/,
    );
    expect(readIn(adopter.repo, "lefthook.yml")).toBe(text);
  });
});
