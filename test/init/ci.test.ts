import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { filesOf, makeTemplate, readIn, type Template } from "./adopter.ts";

describe("the jobs that init writes for CI", () => {
  let template: Template;
  beforeAll(() => {
    template = makeTemplate();
  });
  afterAll(() => template[Symbol.dispose]());

  it("put nothing that others choose into a script, and no more rights than reading into a token", () => {
    using adopter = template.open();
    adopter.init("--ci", "github");
    const workflow = readIn(adopter.repo, ".github/workflows/countersign.yml");
    const scripts = workflow.slice(workflow.indexOf("run: |"));
    expect(scripts).not.toContain("${{");
    expect(workflow.match(/run: (?!\|).*/g)).toEqual([
      expect.stringMatching(/^run: npm install --global --ignore-scripts countersign@\d+\.\d+\.\d+$/),
    ]);
    expect(workflow).toContain("permissions:\n  contents: read\n");
    // No file of a pull request is ever there, whose settings npm and git would read.
    expect(workflow).not.toContain("actions/checkout");
    expect(workflow).not.toMatch(/^ *if:/m);
  });

  it("run as the default branch has them, also where a pull request turns to another branch, and in a merge queue", () => {
    using adopter = template.open();
    adopter.init("--ci", "github");
    const { on } = parse(readIn(adopter.repo, ".github/workflows/countersign.yml"));
    expect(on).toEqual({
      pull_request_target: { types: ["opened", "synchronize", "reopened", "edited"] },
      merge_group: null,
    });
  });

  it.each([
    ["nothing", undefined, "include:\n  - local: .gitlab/countersign.yml\n"],
    [
      "a list",
      "include:\n  - local: a.yml # ours\nunit:\n  script: make\n",
      "include:\n  - local: a.yml # ours\n  - local: .gitlab/countersign.yml\nunit:\n  script: make\n",
    ],
    ["no list", "unit:\n  script: make", "unit:\n  script: make\ninclude:\n  - local: .gitlab/countersign.yml\n"],
  ])("are included in a pipeline that includes %s", (_, before, after) => {
    using adopter = template.open((repo) => {
      if (before !== undefined) repo.write({ ".gitlab-ci.yml": before });
    });
    const files = filesOf(adopter.repo.dir);
    adopter.init("--ci", "gitlab");
    expect(readIn(adopter.repo, ".gitlab-ci.yml")).toBe(after);
    expect(adopter.init("--ci", "gitlab").stdout).toContain("everything is in place");
    adopter.countersign("uninstall", "--yes");
    expect(filesOf(adopter.repo.dir)).toEqual(files);
  });

  it("leave a pipeline alone that includes one file by its name, and say what to add", () => {
    const text = "include: a.yml\n";
    using adopter = template.open((repo) => repo.write({ ".gitlab-ci.yml": text }));
    const refused = adopter.countersign("init", "--yes", "--ci", "gitlab");
    expect(refused.status).toBe(2);
    expect(refused.stderr).toMatch(
      /^FILE_UNFIT: \.gitlab-ci\.yml .*\n {2}- include:\n {2}- {3}- local: \.gitlab\/countersign\.yml\n/,
    );
    expect(readIn(adopter.repo, ".gitlab-ci.yml")).toBe(text);
  });

  it("leave a workflow alone that has the same name", () => {
    using adopter = template.open((repo) => repo.write({ ".github/workflows/countersign.yml": "name: ours\n" }));
    adopter.init("--ci", "github");
    expect(readIn(adopter.repo, ".github/workflows/countersign.yml")).toBe("name: ours\n");
  });
});
