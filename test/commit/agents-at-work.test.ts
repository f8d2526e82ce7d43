import { describe, expect, it } from "vitest";
import type { Repo } from "../rig/repository/repo.ts";
import { IN_CLAUDE, openCommitWorld, stampsOf } from "../rig/worlds/commit-world.ts";

/** The agent's git; whatever opens an editor gets its proposal accepted. */
const AGENT = { ...IN_CLAUDE, GIT_EDITOR: "true", GIT_SEQUENCE_EDITOR: "true" };
const CLAUDE = ["Claude Code"];

/** The person's commits on `topic`, one of which may conflict with `main`, where the agent now works. */
function openWork({ conflict = false } = {}) {
  const world = openCommitWorld();
  const { dev } = world;
  dev.commit("Base\n", { files: { shared: "base\n" } });
  dev.git(["checkout", "-q", "-b", "topic"]);
  dev.commit("First\n", { files: { shared: "topic\n" } });
  dev.commit("Second\n", { files: { second: "topic\n" } });
  dev.git(["checkout", "-q", "main"]);
  dev.commit("On main\n", { files: conflict ? { shared: "main\n" } : { other: "main\n" } });
  return world;
}

function agent(dev: Repo, ...args: readonly string[]): void {
  dev.git(args, { env: AGENT });
}

/** The stamps of all commits that are new here, newest first, by subject. */
function stamps(dev: Repo): Readonly<Record<string, readonly string[]>> {
  const commits = dev.git(["log", "--format=%H %s", "origin/main..HEAD"]).split("\n");
  return Object.fromEntries(
    commits.map((line) => [line.slice(line.indexOf(" ") + 1), stampsOf(dev, line.split(" ")[0])]),
  );
}

function expectNoStamp(dev: Repo): void {
  expect(Object.values(stamps(dev)).flat()).toEqual([]);
}

describe("an agent that only puts a person's commits together is not stamped:", () => {
  it.each<[what: string, work: (dev: Repo) => void]>([
    ["merge", (dev) => agent(dev, "merge", "-q", "--no-ff", "topic")],
    ["merge with a message", (dev) => agent(dev, "merge", "-q", "-m", "Bring topic", "topic")],
    ["pull", (dev) => agent(dev, "pull", "-q", "--no-rebase", "--no-edit", ".", "topic")],
    ["pull --rebase", (dev) => agent(dev, "pull", "-q", "--rebase", ".", "topic")],
    ["cherry-pick", (dev) => agent(dev, "cherry-pick", "main..topic")],
    ["cherry-pick -x -e", (dev) => agent(dev, "cherry-pick", "-x", "-e", "main..topic")],
    ["rebase", (dev) => agent(dev, "rebase", "-q", "main", "topic")],
    ["rebase --apply", (dev) => agent(dev, "rebase", "-q", "--apply", "main", "topic")],
    ["rebase --root", (dev) => agent(dev, "rebase", "-q", "--root", "topic")],
    [
      "rebase --rebase-merges",
      (dev) => {
        dev.git(["checkout", "-q", "-b", "joined", "topic~1"]);
        dev.git(["merge", "-q", "--no-ff", "-m", "Join", "topic"]);
        agent(dev, "rebase", "-q", "-f", "--rebase-merges", "main");
      },
    ],
    ["rebase --signoff", (dev) => agent(dev, "rebase", "-q", "--signoff", "main", "topic")],
    [
      "rebase -i with other words",
      (dev) =>
        dev.git(["rebase", "-q", "-i", "main", "topic"], {
          env: { ...AGENT, GIT_SEQUENCE_EDITOR: "sed -i s/^pick/reword/" },
        }),
    ],
    [
      "rebase -i that makes one of two",
      (dev) =>
        dev.git(["rebase", "-q", "-i", "main", "topic"], {
          env: { ...AGENT, GIT_SEQUENCE_EDITOR: "sed -i 2s/^pick/squash/" },
        }),
    ],
    [
      "rebase -i that makes one of two with the words of one",
      (dev) =>
        dev.git(["rebase", "-q", "-i", "main", "topic"], {
          env: { ...AGENT, GIT_SEQUENCE_EDITOR: "sed -i 2s/^pick/fixup/" },
        }),
    ],
    [
      "merge --squash and commit",
      (dev) => {
        agent(dev, "merge", "-q", "--squash", "topic");
        agent(dev, "commit", "-q");
      },
    ],
    [
      "merge --squash of what only adds to its own branch, and commit -m",
      (dev) => {
        dev.git(["reset", "-q", "--hard", "topic~2"]);
        agent(dev, "merge", "-q", "--squash", "topic");
        agent(dev, "commit", "-q", "-m", "All of topic");
      },
    ],
    [
      "pull --squash and commit with both sides' changes to one file",
      (dev) => {
        const lines = Array.from({ length: 20 }, (_, line) => `${line}\n`);
        dev.git(["checkout", "-q", "-B", "topic", "main"]);
        dev.commit("Lines\n", { files: { lines: lines.join("") } });
        dev.git(["checkout", "-q", "-B", "main"]);
        dev.commit("First line\n", { files: { lines: ["first\n", ...lines.slice(1)].join("") } });
        dev.git(["checkout", "-q", "topic"]);
        dev.commit("Last line\n", { files: { lines: [...lines.slice(0, -1), "last\n"].join("") } });
        dev.git(["checkout", "-q", "main"]);
        agent(dev, "pull", "-q", "--no-rebase", "--squash", ".", "topic");
        agent(dev, "commit", "-q", "--no-edit");
      },
    ],
    [
      "merge --no-commit and commit",
      (dev) => {
        agent(dev, "merge", "-q", "--no-ff", "--no-commit", "topic");
        agent(dev, "commit", "-q", "--no-edit");
      },
    ],
    ["commit --amend -m", (dev) => agent(dev, "commit", "-q", "--amend", "-m", "In other words")],
    ["commit --amend --no-edit", (dev) => agent(dev, "commit", "-q", "--amend", "--no-edit", "--reset-author")],
    [
      "a merge that was stopped before its commit",
      (dev) => {
        agent(dev, "merge", "-q", "--no-ff", "--no-commit", "topic");
        agent(dev, "merge", "--abort");
        agent(dev, "merge", "-q", "--no-ff", "topic");
      },
    ],
  ])("%s", (_, work) => {
    using world = openWork();
    work(world.dev);
    expectNoStamp(world.dev);
  });
});

describe("an agent that settles a conflict is stamped, in the commit that holds its answer:", () => {
  function settle(dev: Repo): void {
    dev.write({ shared: "main and topic\n" });
  }

  it.each<[what: string, begin: readonly string[], go: readonly string[], stamped: string]>([
    ["merge --continue", ["merge", "-q", "topic"], ["merge", "--continue"], "Merge branch 'topic'"],
    ["merge and commit", ["merge", "-q", "topic"], ["commit", "-q", "--no-edit"], "Merge branch 'topic'"],
    ["merge and commit -m", ["merge", "-q", "topic"], ["commit", "-q", "-m", "Both"], "Both"],
    ["rebase --continue", ["rebase", "-q", "main", "topic"], ["rebase", "--continue"], "First"],
    ["cherry-pick --continue", ["cherry-pick", "main..topic"], ["cherry-pick", "--continue"], "First"],
    ["cherry-pick and commit", ["cherry-pick", "topic~1"], ["commit", "-q", "--no-edit"], "First"],
    ["pull --rebase", ["pull", "-q", "--rebase", ".", "topic"], ["rebase", "--continue"], "On main"],
    ["merge --squash and commit", ["merge", "-q", "--squash", "topic"], ["commit", "-q", "-m", "Both"], "Both"],
  ])("%s", (_, begin, go, stamped) => {
    using world = openWork({ conflict: true });
    const { dev } = world;
    expect(dev.try(begin, { env: AGENT }).status).not.toBe(0);
    settle(dev);
    agent(dev, ...go);
    const { [stamped]: own, ...others } = stamps(dev);
    expect(own).toEqual(CLAUDE);
    expect(Object.values(others).flat()).toEqual([]);
  });

  it("and a person who settles it is not", () => {
    using world = openWork({ conflict: true });
    const { dev } = world;
    expect(dev.try(["merge", "-q", "topic"]).status).not.toBe(0);
    settle(dev);
    dev.git(["merge", "--continue"], { env: { GIT_EDITOR: "true" } });
    expectNoStamp(dev);
  });
});

describe("an agent that adds to a person's commits is stamped:", () => {
  it.each<[what: string, args: readonly string[], stamped: string]>([
    ["commit --amend", ["commit", "-q", "--amend", "--no-edit"], "On main"],
    ["commit -C", ["commit", "-q", "-C", "topic"], "Second"],
    ["commit --fixup", ["commit", "-q", "--fixup", "HEAD"], "fixup! On main"],
    ["commit --allow-empty of nothing but words", ["commit", "-q", "--allow-empty", "-m", "Words"], "Words"],
  ])("%s", (_, args, stamped) => {
    using world = openWork();
    const { dev } = world;
    dev.write({ added: "by an agent\n" });
    agent(dev, ...args);
    const { [stamped]: own, ...others } = stamps(dev);
    expect(own).toEqual(CLAUDE);
    expect(Object.values(others).flat()).toEqual([]);
  });

  it.each<[what: string, bring: readonly string[]]>([
    ["merge --squash", ["merge", "-q", "--squash", "topic"]],
    ["merge --squash of a part of it", ["merge", "-q", "--squash", "topic~1"]],
    ["merge --no-commit", ["merge", "-q", "--no-ff", "--no-commit", "topic"]],
    ["cherry-pick --no-commit", ["cherry-pick", "--no-commit", "topic"]],
  ])("commit after a %s", (_, bring) => {
    using world = openWork();
    const { dev } = world;
    agent(dev, ...bring);
    dev.write({ added: "by an agent\n" });
    agent(dev, "commit", "-q", "-m", "And more");
    expect(stamps(dev)).toMatchObject({ "And more": CLAUDE });
  });

  it("in a commit that leaves a part of the squashed work out", () => {
    using world = openWork();
    const { dev } = world;
    agent(dev, "merge", "-q", "--squash", "topic");
    dev.git(["rm", "-q", "-f", "second"]);
    agent(dev, "commit", "-q", "-m", "A part of topic");
    expect(stamps(dev)).toMatchObject({ "A part of topic": CLAUDE });
  });

  it("and so is what an agent squashes of it later", () => {
    using world = openWork();
    const { dev } = world;
    dev.git(["checkout", "-q", "topic"]);
    dev.write({ added: "by an agent\n" });
    agent(dev, "commit", "-q", "-m", "Third");
    dev.git(["checkout", "-q", "main"]);
    agent(dev, "merge", "-q", "--squash", "topic");
    agent(dev, "commit", "-q", "-m", "All of topic");
    expect(stamps(dev)).toMatchObject({ "All of topic": CLAUDE });
  });

  it("in a commit where its rebase has stopped", () => {
    using world = openWork();
    const { dev } = world;
    dev.git(["rebase", "-q", "-i", "main", "topic"], {
      env: { ...AGENT, GIT_SEQUENCE_EDITOR: "sed -i 1s/^pick/edit/" },
    });
    dev.write({ added: "by an agent\n" });
    agent(dev, "rebase", "--continue");
    expect(stamps(dev)).toMatchObject({ First: CLAUDE, Second: [], "On main": [] });
  });

  it("and so is the commit that its fixup goes into, whoever puts them together", () => {
    using world = openWork();
    const { dev } = world;
    dev.write({ added: "by an agent\n" });
    agent(dev, "commit", "-q", "--fixup", "HEAD");
    const env = { GIT_EDITOR: "true", GIT_SEQUENCE_EDITOR: "true" };
    dev.git(["rebase", "-q", "-i", "--autosquash", "origin/main"], { env });
    expect(stamps(dev)).toEqual({ "On main": CLAUDE, Base: [] });
  });
});
