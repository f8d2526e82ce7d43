import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { claudeWrites } from "../rig/agents/agent-marks.ts";
import { initRepo } from "../rig/repository/repo.ts";
import { installCommitHooks, messageOf } from "../rig/worlds/commit-hooks.ts";
import { CLAUDE_STAMP, commit, commitWell, IN_CLAUDE, openCommitWorld, stampsOf } from "../rig/worlds/commit-world.ts";
import { POLICY } from "../rig/worlds/push-world.ts";

const FORETOLD = "countersign: made with claude-code; to land on main it needs a co-sign from a person";
const STAMPED = `Work\n\n${CLAUDE_STAMP}\n`;

describe("an agent's commit is foretold and stamped", () => {
  it.each(["sha1", "sha256"] as const)("in a %s repository, by session and by mark", (format) => {
    using world = openCommitWorld({ format });
    const { dev } = world;
    expect(commitWell(dev, ["-m", "Work"], IN_CLAUDE)).toContain(FORETOLD);
    expect(messageOf(dev)).toBe(STAMPED);
    claudeWrites(dev, "retry.js", "export const retry = (times) => attempt(times);\n");
    dev.git(["add", "."]);
    const { stderr } = dev.try(["commit", "-q", "-m", "Work"]);
    expect(stderr).toContain(FORETOLD);
    expect(messageOf(dev)).toBe(STAMPED);
  });

  it("where the remote has another name", () => {
    using world = openCommitWorld();
    world.dev.git(["remote", "rename", "origin", "upstream"]);
    expect(commitWell(world.dev, ["-m", "Work"], IN_CLAUDE)).toContain(FORETOLD);
    expect(messageOf(world.dev)).toBe(STAMPED);
  });

  it("where no clone noted the remote's default branch", () => {
    using world = openCommitWorld();
    world.dev.git(["remote", "set-head", "origin", "--delete"]);
    expect(commitWell(world.dev, ["-m", "Work"], IN_CLAUDE)).toContain(FORETOLD);
  });

  it("where the settings name the place of the policy", () => {
    using world = openCommitWorld();
    const { dev } = world;
    dev.git(["push", "-q", "--no-verify", "origin", "main:refs/heads/rules"]);
    dev.git(["fetch", "-q", "origin"]);
    dev.git(["config", "countersign.policyRef", "refs/remotes/origin/rules"]);
    expect(commitWell(dev, ["-m", "Work"], IN_CLAUDE)).toContain(FORETOLD);
  });

  it("where the branch has no commit yet", () => {
    using world = openCommitWorld();
    const { dev } = world;
    dev.git(["checkout", "-q", "--orphan", "fresh"]);
    expect(commit(dev, ["-m", "Work"], IN_CLAUDE).status).toBe(0);
    expect(messageOf(dev)).toBe(STAMPED);
    dev.git(["update-ref", "-d", "refs/heads/main"]);
    dev.git(["checkout", "-q", "--orphan", "main"]);
    expect(commit(dev, ["-m", "Work"], IN_CLAUDE).stderr).toContain(FORETOLD);
  });

  it("where thousands of files are staged, with a rule that counts their lines", () => {
    const rules = "rules:\n  - name: large\n    changes: { lines: 10000 }\n    cosign: { count: 3 }\n";
    using world = openCommitWorld({ policy: POLICY + rules });
    const { dev } = world;
    const paths = Array.from({ length: 10_001 }, (_, index) => `src/${index % 100}/file ${index}.txt`);
    const stream = paths.map((path) => `M 100644 inline "${path}"\ndata 2\nx\n`);
    const head =
      "commit refs/heads/stage\ncommitter B <b@acme.example> 1700000000 +0000\ndata 1\nx\nfrom refs/heads/main^0\n";
    dev.git(["fast-import", "--quiet"], { input: head + stream.join("\n") });
    dev.git(["read-tree", "-m", "-u", "stage"]);
    const { status, stderr } = dev.try(["commit", "-q", "-m", "Work"], { env: IN_CLAUDE });
    expect(status).toBe(0);
    expect(stderr).toContain('3 co-signs from people of level senior or higher ("large")');
    expect(messageOf(dev)).toBe(STAMPED);
  });

  it("where nothing is changed, and where a submodule moves", () => {
    using world = openCommitWorld();
    const { dev, scratch } = world;
    dev.git(["commit", "-q", "--allow-empty", "-m", "Work"], { env: IN_CLAUDE });
    expect(messageOf(dev)).toBe(STAMPED);
    const inner = initRepo(scratch, "inner");
    inner.commit("One\n");
    dev.git(["submodule", "add", "-q", inner.dir, "inner"]);
    dev.git(["commit", "-q", "-m", "Work"], { env: IN_CLAUDE });
    expect(messageOf(dev)).toBe(STAMPED);
    inner.commit("Two\n");
    dev.git(["submodule", "update", "-q", "--remote"]);
    const { status, stderr } = dev.try(["commit", "-q", "-a", "-m", "Work"], { env: IN_CLAUDE });
    expect({ status, stderr }).toMatchObject({ status: 0, stderr: expect.stringContaining(FORETOLD) });
    expect(messageOf(dev)).toBe(STAMPED);
  });
});

describe("an agent's commit is stamped and nothing is foretold", () => {
  it("where there is no policy", () => {
    using world = openCommitWorld({ policy: null });
    expect(commitWell(world.dev, ["-m", "Work"], IN_CLAUDE)).toMatch(/^countersign: added "[^"]+", as [^\n]+\n$/);
    expect(messageOf(world.dev)).toBe(STAMPED);
  });

  it("on no branch", () => {
    using world = openCommitWorld();
    world.dev.git(["checkout", "-q", "--detach"]);
    expect(commitWell(world.dev, ["-m", "Work"], IN_CLAUDE)).not.toContain("made with");
    expect(messageOf(world.dev)).toBe(STAMPED);
  });

  it("in a repository without a remote and a commit", () => {
    using world = openCommitWorld();
    const fresh = initRepo(world.scratch, "fresh");
    installCommitHooks(fresh);
    fresh.write({ a: "a\n" });
    fresh.git(["commit", "-q", "-m", "Work"], { env: IN_CLAUDE });
    expect(messageOf(fresh)).toBe(STAMPED);
    fresh.git(["commit", "-q", "--allow-empty", "-m", "By hand"]);
    expect(messageOf(fresh)).toBe("By hand\n");
  });
});

it("paths that are no text, with quotes and line ends, are named harmlessly", () => {
  using world = openCommitWorld();
  const { dev } = world;
  const path = 'a "b"\n::error::c\u202e.js';
  writeFileSync(join(dev.dir, path), "");
  claudeWrites(dev, path, "export const retry = (times) => attempt(times);\n");
  dev.git(["add", "."]);
  const { stderr } = dev.try(["commit", "-q", "-m", "Work"]);
  expect(stderr).toContain('as it wrote a "b"\\u{a}::error::c\\u{202e}.js\n');
  expect(stampsOf(dev)).toEqual(["Claude Code"]);
  expect(readdirSync(dev.gitDir).filter((name) => name.includes("countersign-"))).toEqual([]);
});
