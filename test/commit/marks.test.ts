import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { claudeEdits, claudeWrites, codexWrites } from "../rig/agents/agent-marks.ts";
import { Repo } from "../rig/repository/repo.ts";
import { messageOf } from "../rig/worlds/commit-hooks.ts";
import { CLAUDE_STAMP, logOf, openCommitWorld, stampsOf } from "../rig/worlds/commit-world.ts";

const CODE = "export function retry(times) {\n  return attempt(times, { backoff: true });\n}\n";
const MARKED = `Retry uploads\n\n${CLAUDE_STAMP}\n`;
const UNMARKED = "Retry uploads\n";

/** Commits from a person's shell. */
function commit(repo: Repo, ...args: readonly string[]): string {
  return repo.try(["commit", "-q", "-m", "Retry uploads", ...args]).stderr;
}

describe("a person who commits what an agent wrote in another window", () => {
  it("gets the commit stamped with the agent, and told why", () => {
    using world = openCommitWorld();
    const { dev } = world;
    claudeWrites(dev, "src/retry.js", CODE);
    dev.git(["add", "."]);
    expect(commit(dev)).toContain(`countersign: added "${CLAUDE_STAMP}", as it wrote src/retry.js\n`);
    expect(messageOf(dev)).toBe(MARKED);
    expect(logOf(dev)[0]).toMatchObject({ state: "assisted", agents: ["claude-code"] });
  });

  it("gets the model stamped too where the agent's transcript names it", () => {
    using world = openCommitWorld();
    const { dev } = world;
    claudeWrites(dev, "src/retry.js", CODE, { model: "claude-opus-5" });
    dev.git(["add", "."]);
    commit(dev);
    expect(messageOf(dev)).toBe(`Retry uploads\n\n${CLAUDE_STAMP}:claude-opus-5\n`);
  });

  it("gets one stamp for each agent, and one for each agent's many files", () => {
    using world = openCommitWorld();
    const { dev } = world;
    claudeWrites(dev, "src/retry.js", CODE);
    claudeWrites(dev, "src/again.js", `${CODE}\n`);
    codexWrites(dev, "upload.js", "export const upload = (file) => retry(3, file);\n");
    dev.git(["add", "."]);
    expect(commit(dev)).toMatch(/as it wrote src\/\w+\.js and 1 more\n/);
    expect([...stampsOf(dev)].sort()).toEqual(["Claude Code", "Codex:gpt-5.6"]);
  });

  it.each<[what: string, change: (path: string) => void, args: readonly string[], message: string]>([
    ["as it is, with -a", () => {}, ["-a"], MARKED],
    ["edited by hand", (path) => writeFileSync(path, CODE.replace("times", "count")), ["-a"], MARKED],
    ["with more written by hand", (path) => writeFileSync(path, `${CODE}// by hand\n`), ["-a"], MARKED],
    [
      "thrown away and written again",
      (path) => writeFileSync(path, "const n = 3;\nwhile (n) put();\n"),
      ["-a"],
      UNMARKED,
    ],
    ["removed", (path) => rmSync(path), ["-a"], UNMARKED],
  ])("%s", (_, change, args, message) => {
    using world = openCommitWorld();
    const { dev } = world;
    dev.write({ "other.txt": "by hand\n", "retry.js": "" });
    commit(dev);
    claudeWrites(dev, "retry.js", CODE);
    change(join(dev.dir, "retry.js"));
    commit(dev, ...args);
    expect(messageOf(dev)).toBe(message);
  });
});

describe("only what the commit holds counts", () => {
  it("so that what was not added leaves no stamp, until it is", () => {
    using world = openCommitWorld();
    const { dev } = world;
    claudeWrites(dev, "retry.js", CODE);
    dev.write({ "own.txt": "by hand\n" });
    expect(commit(dev)).toBe("");
    expect(messageOf(dev)).toBe(UNMARKED);
    dev.git(["add", "."]);
    commit(dev);
    expect(messageOf(dev)).toBe(MARKED);
  });

  it("where paths are named, for which git makes another index", () => {
    using world = openCommitWorld();
    const { dev } = world;
    dev.write({ "own.txt": "" });
    claudeWrites(dev, "retry.js", CODE);
    dev.git(["add", "."]);
    writeFileSync(join(dev.dir, "own.txt"), "by hand\n");
    expect(commit(dev, "--", "own.txt")).toBe("");
    expect(messageOf(dev)).toBe(UNMARKED);
    commit(dev, "--", "retry.js");
    expect(messageOf(dev)).toBe(MARKED);
  });

  it("where only a part of a file is added", () => {
    using world = openCommitWorld();
    const { dev } = world;
    const lines = Array.from({ length: 30 }, (_, index) => `const line${index} = "${index} by hand";\n`);
    dev.write({ "list.js": lines.join("") });
    commit(dev);
    claudeEdits(dev, "list.js", lines.join(""), ['"29 by hand"', "makeTheLastOne()"]);
    const agents = dev.git(["diff", "-U0"]);
    dev.git(["stash", "-q"]);
    writeFileSync(join(dev.dir, "list.js"), lines.join("").replace('"0 by hand"', '"changed by hand"'));
    commit(dev, "-a");
    expect(messageOf(dev)).toBe(UNMARKED);
    dev.git(["apply", "--unidiff-zero", "--index"], { input: `${agents}\n` });
    commit(dev);
    expect(messageOf(dev)).toBe(MARKED);
  });

  it("also once it was committed and taken back", () => {
    using world = openCommitWorld();
    const { dev } = world;
    claudeWrites(dev, "retry.js", CODE);
    dev.git(["add", "."]);
    commit(dev);
    dev.git(["reset", "-q", "--soft", "HEAD~1"]);
    commit(dev);
    expect(messageOf(dev)).toBe(MARKED);
  });
});

describe("a linked worktree", () => {
  it("knows what an agent wrote in it, and the main one does not take it for its own", () => {
    using world = openCommitWorld();
    const { dev, scratch } = world;
    const linked = new Repo(scratch, join(scratch.dir, "linked"));
    dev.git(["worktree", "add", "-q", "-b", "topic", linked.dir]);
    claudeWrites(linked, "retry.js", CODE);
    dev.write({ "retry.js": "const n = 3;\nwhile (n) put();\n" });
    commit(dev);
    expect(messageOf(dev)).toBe(UNMARKED);
    linked.git(["add", "."]);
    commit(linked);
    expect(messageOf(linked)).toBe(MARKED);
  });
});
