import { describe, expect, it } from "vitest";
import { claudeEdits, claudeWrites } from "../rig/agents/agent-marks.ts";
import type { Repo } from "../rig/repository/repo.ts";
import { expectAllowed, expectRefused } from "../rig/worlds/attempt.ts";
import { IN_CODEX, openCommitWorld, stampsOf } from "../rig/worlds/commit-world.ts";
import { pushTo } from "../rig/worlds/pre-push-hook.ts";

// What a person does with what is there already is not called an agent's; what an agent does, is.

const CODE = Array.from({ length: 20 }, (_, line) => `export const line${line} = "${line} by hand";\n`).join("");
const BY_AGENT = ['"9 by hand"', "makeTheNinth()"] as const;
const EDIT = { GIT_EDITOR: "sed -i 1s/^#/Undo:/" };
const KIRO = "Assisted-by: Kiro:claude-opus-5";

/** A file by hand, and the agent's change of it, which is committed and marked. */
function agentsCommit(dev: Repo): void {
  dev.write({ "a.js": CODE });
  dev.git(["add", "a.js"]);
  dev.git(["commit", "-q", "-m", "By hand"]);
  claudeEdits(dev, "a.js", CODE, BY_AGENT);
  dev.git(["commit", "-q", "-a", "-m", "Work"]);
  expect(stampsOf(dev)).toEqual(["Claude Code"]);
}

/** A person's change of the first line, which the agent did not touch. */
function moveOn(dev: Repo): void {
  const text = dev.git(["show", "HEAD:a.js"]);
  dev.write({ "a.js": `${text.replace("0 by hand", "moved on")}\n` });
  dev.git(["commit", "-q", "-a", "-m", "Move on"]);
}

describe("a person's revert", () => {
  it.each(["--no-edit", "--reference"])(
    "%s takes an agent's commit out unmarked, and brings it back marked",
    (option) => {
      using world = openCommitWorld();
      const { dev } = world;
      agentsCommit(dev);
      moveOn(dev);
      dev.git(["revert", option, "HEAD~"], { env: EDIT });
      expect(stampsOf(dev)).toEqual([]);
      dev.git(["revert", option, "HEAD"], { env: EDIT });
      expect(stampsOf(dev)).toEqual(["Claude Code"]);
      dev.git(["revert", option, "HEAD"], { env: EDIT });
      expect(stampsOf(dev)).toEqual([]);
    },
  );

  it("of a person's change brings back lines that an agent wrote before it, unmarked", () => {
    using world = openCommitWorld();
    const { dev } = world;
    agentsCommit(dev);
    const text = dev.git(["show", "HEAD:a.js"]);
    dev.write({ "a.js": `${text.replace("makeTheNinth()", '"by a person"')}\n` });
    dev.git(["commit", "-q", "-a", "-m", "By a person", "--date=2030-01-01T00:00:00Z"], {
      env: { GIT_COMMITTER_DATE: "2099-01-01T00:00:00Z" },
    });
    dev.git(["revert", "--no-edit", "HEAD"]);
    expect(stampsOf(dev)).toEqual([]);
    dev.git(["reset", "-q", "--hard", "HEAD~"]);
    dev.git(["checkout", "-q", "HEAD~", "--", "a.js"]);
    dev.git(["commit", "-q", "-m", "As it was"]);
    expect(stampsOf(dev)).toEqual([]);
    // With one line more it is ordinary work, and the agent's lines are in it.
    dev.git(["reset", "-q", "--hard", "HEAD~"]);
    dev.git(["revert", "--no-commit", "HEAD"]);
    dev.write({ "a.js": `${text}\none more\n` });
    dev.git(["add", "a.js"]);
    dev.git(["commit", "-q", "-m", "Revert"]);
    expect(stampsOf(dev)).toEqual(["Claude Code"]);
  });

  it("of several commits at once is theirs", () => {
    using world = openCommitWorld();
    const { dev } = world;
    agentsCommit(dev);
    moveOn(dev);
    dev.git(["revert", "--no-commit", "HEAD", "HEAD~"]);
    dev.git(["commit", "-q", "-m", "Back out"]);
    expect(stampsOf(dev)).toEqual([]);
    dev.git(["revert", "--no-edit", "HEAD"]);
    expect(stampsOf(dev)).toEqual(["Claude Code"]);
  });

  it("that an agent makes in its session is the agent's, whosever work it takes out", () => {
    using world = openCommitWorld();
    const { dev } = world;
    dev.commit("By hand\n");
    dev.git(["revert", "--no-edit", "HEAD"], { env: IN_CODEX });
    expect(stampsOf(dev)).toEqual(["Codex"]);
    expectRefused(pushTo(world, ["origin", "main"]), "COSIGN_MISSING");
  });
});

describe("a merge", () => {
  /** Two lines of work on one file, of which the agent wrote a part of one, and its mark still lies about. */
  function diverge(dev: Repo): void {
    agentsCommit(dev);
    dev.git(["branch", "topic"]);
    dev.git(["reset", "-q", "--hard", "HEAD~"]);
    moveOn(dev);
  }

  it.each<[what: string, bring: (dev: Repo) => void]>([
    ["that git makes", (dev) => dev.git(["merge", "-q", "--no-edit", "topic"])],
    [
      "that waits for its commit",
      (dev) => {
        dev.git(["merge", "-q", "--no-commit", "topic"]);
        dev.git(["commit", "-q", "-m", "Merge"]);
      },
    ],
    [
      "that an agent makes in its session",
      (dev) => {
        dev.git(["merge", "-q", "--no-commit", "topic"]);
        dev.git(["commit", "-q", "-m", "Merge"], { env: IN_CODEX });
      },
    ],
  ])("%s is nobody's where it changes nothing itself", (_, bring) => {
    using world = openCommitWorld();
    diverge(world.dev);
    bring(world.dev);
    expect(world.dev.git(["show", "HEAD:a.js"])).toContain("makeTheNinth()");
    expect(stampsOf(world.dev)).toEqual([]);
  });

  it("with one file that an agent edited is the agent's", () => {
    using world = openCommitWorld();
    const { dev } = world;
    diverge(dev);
    dev.git(["merge", "-q", "--no-commit", "topic"]);
    claudeWrites(dev, "b.js", "export const evil = true;\n");
    dev.git(["add", "b.js"]);
    dev.git(["commit", "-q", "-m", "Merge"]);
    expect(stampsOf(dev)).toEqual(["Claude Code"]);
  });

  it("with one file that a person edited is theirs, and in an agent's session the agent's", () => {
    using world = openCommitWorld();
    const { dev } = world;
    diverge(dev);
    dev.git(["merge", "-q", "--no-commit", "topic"]);
    dev.write({ "b.js": "by hand\n" });
    dev.git(["add", "b.js"]);
    dev.git(["commit", "-q", "-m", "Merge"]);
    expect(stampsOf(dev)).toEqual([]);
    dev.git(["reset", "-q", "--hard", "HEAD~"]);
    dev.git(["merge", "-q", "--no-commit", "topic"]);
    dev.write({ "b.js": "by hand\n" });
    dev.git(["add", "b.js"]);
    dev.git(["commit", "-q", "-m", "Merge"], { env: IN_CODEX });
    expect(stampsOf(dev)).toEqual(["Codex"]);
  });
});

it("content that the upstream branch has already, or HEAD at another path, is not an agent's anew", () => {
  using world = openCommitWorld();
  const { dev } = world;
  dev.commit(`Work\n\n${KIRO}\nCo-signed-by: Ada Lovelace <ada@acme.example>\n`);
  claudeWrites(dev, "a.js", CODE);
  dev.git(["add", "a.js"]);
  dev.git(["commit", "-q", "-m", "Work\n\nCo-signed-by: Ada Lovelace <ada@acme.example>"]);
  expect(stampsOf(dev)).toEqual(["Claude Code"]);
  dev.write({ "copy.js": CODE });
  dev.git(["add", "copy.js"]);
  dev.git(["commit", "-q", "-m", "Copy it"]);
  expect(stampsOf(dev)).toEqual([]);
  expectAllowed(pushTo(world, ["origin", "main"]));
  dev.git(["branch", "-q", "--set-upstream-to=origin/main"]);
  dev.git(["reset", "-q", "--hard", "HEAD~2"]);
  dev.write({ "a.js": CODE });
  dev.git(["add", "a.js"]);
  dev.git(["commit", "-q", "-m", "Take what is there"]);
  expect(stampsOf(dev)).toEqual([]);
});
