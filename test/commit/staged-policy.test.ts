import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Run } from "../rig/process/run.ts";
import type { Repo } from "../rig/repository/repo.ts";
import { commit, IN_CLAUDE, openCommitWorld } from "../rig/worlds/commit-world.ts";
import { POLICY } from "../rig/worlds/push-world.ts";

const FILE = "countersign.config.yaml";
const NOTE =
  "countersign: this changes the policy; to land it needs a co-sign from a person of level senior or higher\n";

function commitStaged(dev: Repo, env: NodeJS.ProcessEnv = {}): Run {
  return dev.try(["commit", "-q", "-m", "Change the policy"], { env });
}

function expectStopped(run: Run, dev: Repo, ...phrases: readonly string[]): void {
  expect(run.status).toBe(1);
  expect(run.stderr).toContain("countersign: the commit is stopped, because it could never land\n");
  for (const phrase of phrases) expect(run.stderr).toContain(phrase);
  expect(run.stderr).toMatch(/^ {2}why: ./m);
  expect(run.stderr).toMatch(/^ {2}fix: ./m);
  expect(dev.oid("HEAD")).toBe(dev.oid("origin/main"));
}

describe.each([["main"], ["topic"]])("on %s, a staged policy", (branch) => {
  function open() {
    const world = openCommitWorld();
    if (branch !== "main") world.dev.git(["checkout", "-q", "-b", branch]);
    return world;
  }

  it("that is good passes, and is told what it needs", () => {
    using world = open();
    world.dev.write({ [FILE]: `${POLICY}# more\n` });
    expect(commitStaged(world.dev)).toMatchObject({ status: 0, stderr: NOTE });
  });

  it.each<[what: string, text: string, ...phrases: string[]]>([
    ["with an unknown field", `${POLICY}cosgin: {}\n`, "POLICY_MALFORMED", "  - line 20: cosgin is not a known key"],
    [
      "with two mistakes, each with its line",
      `${POLICY}cosgin: {}\nmode: of\n`,
      "  - line 20: cosgin",
      "  - line 21: mode",
    ],
    ["that is no YAML", "version: 1\n  people: [\n", "POLICY_MALFORMED", "  - line 2: "],
    ["that is empty", "", "POLICY_MALFORMED"],
    ["that is too large", `${POLICY}# ${"x".repeat(300_000)}\n`, "BLOB_TOO_LARGE"],
  ])("%s is stopped", (_, text, ...phrases) => {
    using world = open();
    world.dev.write({ [FILE]: text });
    expectStopped(commitStaged(world.dev), world.dev, ...phrases);
  });

  it("that is doubled is stopped", () => {
    using world = open();
    world.dev.write({ ".countersignrc": POLICY });
    expectStopped(commitStaged(world.dev), world.dev, "POLICY_AMBIGUOUS", FILE, ".countersignrc");
  });

  it("that is removed passes, and is told what it needs", () => {
    using world = open();
    world.dev.write({ [FILE]: null });
    expect(commitStaged(world.dev)).toMatchObject({ status: 0, stderr: NOTE });
  });

  it("that became a link is stopped", () => {
    using world = open();
    world.dev.write({ [FILE]: null, elsewhere: POLICY });
    symlinkSync("elsewhere", join(world.dev.dir, FILE));
    world.dev.git(["add", FILE]);
    expectStopped(commitStaged(world.dev), world.dev, "POLICY_NOT_A_FILE");
  });

  it("that got another name passes", () => {
    using world = open();
    world.dev.git(["mv", FILE, ".countersignrc.yml"]);
    expect(commitStaged(world.dev)).toMatchObject({ status: 0, stderr: NOTE });
  });

  it("that is damaged in the work tree alone stops nothing", () => {
    using world = open();
    world.dev.write({ [FILE]: "damaged: [\n" });
    world.dev.git(["reset", "-q"]);
    expect(commit(world.dev, ["-m", "Work"])).toMatchObject({ status: 0, stderr: "" });
  });

  it("in another folder is none", () => {
    using world = open();
    world.dev.write({ [`docs/${FILE}`]: "damaged: [\n" });
    expect(commitStaged(world.dev)).toMatchObject({ status: 0, stderr: "" });
  });
});

describe("the first policy of a repository", () => {
  it("passes, and is told what it will need next time", () => {
    using world = openCommitWorld({ policy: null });
    world.dev.write({ [FILE]: POLICY });
    expect(commitStaged(world.dev)).toMatchObject({ status: 0, stderr: "" });
  });

  it("is stopped where it is damaged", () => {
    using world = openCommitWorld({ policy: null });
    world.dev.write({ [FILE]: `${POLICY}cosgin: {}\n` });
    expectStopped(commitStaged(world.dev), world.dev, "POLICY_MALFORMED", "cosgin");
  });
});

it("a policy that an agent changes is told of both", () => {
  using world = openCommitWorld();
  world.dev.write({ [FILE]: `${POLICY}# more\n` });
  const { status, stderr } = commitStaged(world.dev, IN_CLAUDE);
  expect(status).toBe(0);
  expect(stderr).toContain("countersign: made with claude-code; to land on main");
  expect(stderr).toContain(NOTE);
});
