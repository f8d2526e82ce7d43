import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { claudeWrites } from "../rig/agents/agent-marks.ts";
import { type Run, run } from "../rig/process/run.ts";
import type { Repo } from "../rig/repository/repo.ts";
import { messageOf } from "../rig/worlds/commit-hooks.ts";
import { CLAUDE_STAMP, commit, IN_CLAUDE, openCommitWorld } from "../rig/worlds/commit-world.ts";

const AGENT = { ...IN_CLAUDE, GIT_EDITOR: "true" };
const TEMPLATE = "Subject\n\n# What and why:\n\nTicket: ABC-\n";

function expectNoCommit({ status }: Run, dev: Repo): void {
  expect(status).toBe(1);
  expect(dev.oid("HEAD")).toBe(dev.oid("origin/main"));
  expect(dev.git(["diff", "--cached", "--name-only"])).not.toBe("");
}

describe("an editor that is left without a word", () => {
  it.each<[how: string, args: readonly string[]]>([
    ["alone", []],
    ["with the diff below", ["-v"]],
    ["with a sign-off", ["-s"]],
    ["with scissors", ["--cleanup=scissors"]],
    ["without hints", ["--no-status"]],
  ])("makes no commit, with a stamp in the message as without: %s", (_, args) => {
    using world = openCommitWorld();
    const stopped = commit(world.dev, args, AGENT);
    expectNoCommit(stopped, world.dev);
    expect(stopped.stderr).toContain("MESSAGE_EMPTY: the message holds nothing but the lines that hooks wrote\n");
  });

  it("makes none where a mark is why it is stamped", () => {
    using world = openCommitWorld();
    const { dev } = world;
    claudeWrites(dev, "retry.js", "export const retry = (times) => attempt(times);\n");
    dev.git(["add", "."]);
    const stopped = dev.try(["commit", "-q"], { env: { GIT_EDITOR: "true" } });
    expectNoCommit(stopped, dev);
    expect(stopped.stderr).toContain("MESSAGE_EMPTY");
  });

  it("makes one where git is told that it may be empty", () => {
    using world = openCommitWorld();
    expect(commit(world.dev, ["--allow-empty-message"], AGENT).status).toBe(0);
    expect(messageOf(world.dev)).toBe(`${CLAUDE_STAMP}\n`);
  });

  it("makes one where a subject is written above the stamp, on the line that is left for it", () => {
    using world = openCommitWorld();
    expect(commit(world.dev, [], { ...AGENT, GIT_EDITOR: "sed -i '1s/^$/Retry uploads/'" }).status).toBe(0);
    expect(messageOf(world.dev)).toBe(`Retry uploads\n\n${CLAUDE_STAMP}\n`);
  });
});

describe("a template", () => {
  function write({ dir, scratch }: Repo): void {
    mkdirSync(join(dir, "src"), { recursive: true });
    for (const path of [join(scratch.dir, "template"), join(dir, "src/own"), join(dir, "template")]) {
      writeFileSync(path, TEMPLATE);
    }
  }

  it.each<[how: string, git: readonly string[], args: readonly string[]]>([
    ["of the settings", ["-c", "commit.template=~/template"], []],
    ["of the settings, from the work tree's top", ["-c", "commit.template=template"], []],
    ["with -t, from the folder that git is called in", [], ["-t", "own"]],
    ["with a sign-off", ["-c", "commit.template=~/template"], ["-s"]],
  ])("that is left as it is makes no commit: %s", (_, git, args) => {
    using world = openCommitWorld();
    const { dev } = world;
    write(dev);
    dev.write({ "retry.js": "retry();\n" });
    const env = { ...dev.env, ...AGENT };
    const left = run("git", [...git, "commit", "-q", ...args], { cwd: join(dev.dir, "src"), env });
    expectNoCommit(left, dev);
    expect(left.stderr).toContain("MESSAGE_EMPTY");
    const edited = run("git", [...git, "commit", "-q", ...args], {
      cwd: join(dev.dir, "src"),
      env: { ...env, GIT_EDITOR: "sed -i s/Subject/Retry/" },
    });
    expect(edited).toMatchObject({ status: 0 });
    expect(messageOf(dev)).toMatch(/^Retry\n\nTicket: ABC-\n[\s\S]*Assisted-by: Claude Code\n$/);
  });
});

describe("no message at all", () => {
  it.each<[how: string, args: readonly string[]]>([
    ["-m ''", ["-m", ""]],
    ["-m ' '", ["-m", " \n\t\n"]],
    ["-s -m ''", ["-s", "-m", ""]],
    ["-F of comments that git strips", ["--cleanup=strip", "-m", "# nothing"]],
  ])("is git's to refuse: %s", (_, args) => {
    using world = openCommitWorld();
    const stopped = commit(world.dev, args, IN_CLAUDE);
    expectNoCommit(stopped, world.dev);
    expect(stopped.stderr).toContain("Aborting commit due to empty commit message.");
  });

  it("is stamped where git is told that it may be empty", () => {
    using world = openCommitWorld();
    expect(commit(world.dev, ["--allow-empty-message", "-m", ""], IN_CLAUDE).status).toBe(0);
    expect(messageOf(world.dev)).toBe(`${CLAUDE_STAMP}\n`);
  });
});
