import { describe, expect, it } from "vitest";
import { claudeWrites } from "../rig/agents/agent-marks.ts";
import type { Repo } from "../rig/repository/repo.ts";
import { ASSISTED, expectAllowed, expectRefused } from "../rig/worlds/attempt.ts";
import { type Client, likeButler, likeDesktop, openGui } from "../rig/worlds/clients.ts";
import { CLAUDE_STAMP, IN_CLAUDE, openCommitWorld, stampsOf } from "../rig/worlds/commit-world.ts";
import { pushTo } from "../rig/worlds/pre-push-hook.ts";
import type { PushWorld } from "../rig/worlds/push-world.ts";

const LONG_AGO = "2026-01-02T03:04:05 +0100";
const CLAUDE = ["Claude Code"];
/** Accepts what git proposes. */
const ACCEPT = { GIT_EDITOR: "true" };
/** Types the whole message again. */
const ANEW = { GIT_EDITOR: "echo Anew >" };

function stage(dev: Repo, path: string): void {
  dev.write({ [path]: `${path} by hand\n` });
}

describe("a client that runs the hooks where no `git commit` is above them", () => {
  function openDesktop(message: string): PushWorld {
    const world = openCommitWorld({ ownProcess: true });
    world.dev.commit(message, { date: LONG_AGO });
    likeDesktop(world.dev);
    return world;
  }

  it.each<[what: string, commit: (dev: Repo) => void]>([
    ["--amend -F -", (dev) => dev.git(["commit", "-q", "--amend", "-F", "-"], { input: "In other words\n" })],
    [
      "--amend -m with more in it",
      (dev) => {
        stage(dev, "more");
        dev.git(["commit", "-q", "--amend", "-m", "In other words"]);
      },
    ],
    [
      "merge --squash and -m",
      (dev) => {
        dev.git(["branch", "topic"]);
        dev.git(["reset", "-q", "--hard", "HEAD~"]);
        dev.git(["merge", "-q", "--squash", "topic"]);
        dev.git(["commit", "-q", "-m", "All of topic"]);
      },
    ],
  ])("carries an agent's mark through %s", (_, commit) => {
    using world = openDesktop(ASSISTED);
    const { dev } = world;
    commit(dev);
    expect(stampsOf(dev)).toEqual(CLAUDE);
    expectRefused(pushTo(world, ["origin", "main"]), "COSIGN_MISSING");
  });

  it.each<[what: string, commit: (dev: Repo) => void]>([
    ["--amend --no-edit", (dev) => dev.git(["commit", "-q", "--amend", "--no-edit"])],
    ["--amend in an editor", (dev) => dev.git(["commit", "-q", "--amend"], { env: ACCEPT })],
  ])("leaves the agent's own mark where %s keeps it", (_, commit) => {
    using world = openDesktop(ASSISTED);
    commit(world.dev);
    expect(stampsOf(world.dev)).toEqual([]);
    expectRefused(pushTo(world, ["origin", "main"]), "COSIGN_MISSING");
  });

  it.each<[what: string, commit: (dev: Repo) => void]>([
    ["--amend", (dev) => dev.git(["commit", "-q", "--amend"], { env: ANEW })],
    [
      "-c, of a commit that was taken back",
      (dev) => {
        dev.git(["reset", "-q", "--soft", "HEAD~"]);
        dev.git(["commit", "-q", "-c", "ORIG_HEAD"], { env: ANEW });
      },
    ],
  ])("is stopped where a message is typed anew in %s", (_, commit) => {
    using marked = openDesktop(ASSISTED);
    expect(() => commit(marked.dev)).toThrow("MARK_MISSING");
    using own = openDesktop("By hand\n");
    commit(own.dev);
    expect(own.dev.git(["log", "-1", "--format=%s"])).toBe("Anew");
  });

  it("marks neither a person's next commit, nor their amend of it", () => {
    using world = openDesktop(ASSISTED);
    const { dev } = world;
    for (const args of [
      ["-m", "By hand"],
      ["--amend", "-m", "By hand again"],
      ["-m", "More by hand"],
    ]) {
      stage(dev, args.join(""));
      dev.git(["commit", "-q", ...args]);
      expect(stampsOf(dev)).toEqual([]);
    }
    // Two commits of one second, of the same author: HEAD's date alone does not make the second one an amend.
    dev.git(["commit", "-q", "--amend", "-m", `By an agent\n\n${CLAUDE_STAMP}`]);
    const date = dev.git(["log", "-1", "--format=%ad", "--date=raw"]);
    stage(dev, "last");
    dev.git(["commit", "-q", "-m", "Last"], { env: { GIT_AUTHOR_DATE: `@${Math.floor(Date.now() / 1000)} +0000` } });
    expect(date).toMatch(/\+0000$/);
    expect(stampsOf(dev)).toEqual([]);
  });
});

describe.each<[client: string, open: (dev: Repo) => Client]>([
  ["that runs two of the hooks", likeButler],
  ["that asks for a message before anything is staged", openGui],
])("a client %s", (_, open) => {
  function openMarked(): { world: PushWorld; client: Client } {
    const world = openCommitWorld({ ownProcess: true });
    const client = open(world.dev);
    claudeWrites(world.dev, "retry.js", "export const retry = (times) => attempt(times);\n");
    world.dev.git(["add", "."]);
    return { world, client };
  }

  it("is stopped once where the message lacks a known mark, and told with what to go on", () => {
    const { world, client } = openMarked();
    using _world = world;
    const stopped = client.commit("Retry\n");
    expect(stopped.status).toBe(1);
    expect(stopped.stderr).toContain("MARK_MISSING: the message does not say that claude-code took part\n");
    expect(stopped.stderr).toContain("- it wrote retry.js\n");
    expect(stopped.stderr).toContain(`git commit --trailer '${CLAUDE_STAMP}'`);
    const passed = client.commit("Retry\n");
    expect(passed.status).toBe(0);
    expect(passed.stderr).toContain(`the message lacks "${CLAUDE_STAMP}" (it wrote retry.js)`);
  });

  it("is stopped again for another message or another tree, and in an agent's session each time", () => {
    const { world, client } = openMarked();
    using _world = world;
    expect(client.commit("Retry\n").status).toBe(1);
    expect(client.commit("Retry more\n").status).toBe(1);
    stage(world.dev, "more");
    expect(client.commit("Retry\n").status).toBe(1);
    expect([1, 2].map(() => client.commit("Retry\n", IN_CLAUDE).status)).toEqual([1, 1]);
  });

  it.each([CLAUDE_STAMP, "Assisted-by: none (typed by me, the agent only moved it)"])("passes with %s", (line) => {
    const { world, client } = openMarked();
    using _world = world;
    expect(client.commit(`Retry\n\n${line}\n`)).toMatchObject({
      status: 0,
      stderr: expect.not.stringContaining("lacks"),
    });
  });

  it("passes with a person's own work", () => {
    using world = openCommitWorld({ ownProcess: true });
    const client = open(world.dev);
    stage(world.dev, "mine");
    expect(client.commit("By hand\n")).toMatchObject({ status: 0, stderr: "" });
    expectAllowed(pushTo(world, ["origin", "main"]));
  });
});
