import { describe, expect, it } from "vitest";
import { countersign, expectFault } from "../rig/process/countersign.ts";
import { initRepo, type Repo } from "../rig/repository/repo.ts";
import { openScratch } from "../rig/repository/scratch.ts";
import { ASSISTED, VOUCHED } from "../rig/worlds/attempt.ts";
import { openPushWorld } from "../rig/worlds/push-world.ts";

function entries(repo: Repo, ...args: readonly string[]) {
  const { status, stdout, stderr } = countersign(repo, ["log", "--format", "jsonl", ...args]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

function subjects(repo: Repo, ...args: readonly string[]): readonly string[] {
  return entries(repo, ...args).map(({ subject }) => subject);
}

function openHistory() {
  const scratch = openScratch();
  const repo = initRepo(scratch, "r");
  repo.commit("Start\n", { date: "2026-01-01T12:00:00Z", author: "Ada Lovelace <ada@acme.example>" });
  repo.commit(ASSISTED, { date: "2026-01-02T12:00:00Z" });
  repo.commit("By aider\n\nCo-authored-by: aider (gpt-4o) <noreply@aider.chat>\n", { date: "2026-01-03T12:00:00Z" });
  repo.commit("Fix\n", { date: "2026-01-04T12:00:00Z", author: "Ada Lovelace <ada@acme.example>" });
  return { repo, [Symbol.dispose]: () => scratch[Symbol.dispose]() };
}

describe("log shows", () => {
  it.each([
    ["of one author, by name", ["--author", "lovelace"], ["Fix", "Start"]],
    ["of one author, by address", ["--author", "<ada@"], ["Fix", "Start"]],
    ["of one agent", ["--agent", "claude-code"], ["Retry uploads"]],
    ["since a day", ["--since", "2026-01-02T13:00:00Z"], ["Fix", "By aider"]],
    ["of two conditions", ["--author", "Bob", "--since", "2026-01-02T13:00:00Z"], ["By aider"]],
    ["of nobody", ["--author", "nobody"], []],
    ["no more of them than asked for", ["--author", "ada", "-n", "1"], ["Fix"]],
    ["no more of them than there are", ["--agent", "aider", "-n", "9"], ["By aider"]],
  ])("the commits %s", (_, args, expected) => {
    using history = openHistory();
    expect(subjects(history.repo, ...args)).toEqual(expected);
  });

  it("author, date and the branch that leads there where that is asked for, and not else", () => {
    using history = openHistory();
    const { repo } = history;
    repo.git(["branch", "old", "HEAD~2"]);
    const text = countersign(repo, ["log", "--show", "date,author,branch"]).stdout;
    expect(text.split("\n").map((line) => line.slice(13).replace(/ {2,}.*/, ""))).toEqual([
      "2026-01-04 Ada Lovelace",
      "2026-01-03 Bob Builder",
      "2026-01-02 Bob Builder",
      "2026-01-01 Ada Lovelace",
      "",
    ]);
    expect(entries(repo, "--all", "--show", "branch").map(({ branch }) => branch)).toEqual([
      "main",
      "main",
      "old",
      "old",
    ]);
    expect(entries(repo, "--show", "date")[0]).toMatchObject({ time: Date.parse("2026-01-04T12:00:00Z") / 1000 });
    expect(Object.keys(entries(repo)[0])).not.toContain("time");
    expectFault(countersign(repo, ["log", "--show", "colour"]), "OPTION_INVALID", "--show");
    expectFault(countersign(repo, ["log", "--since", "some day"]), "OPTION_INVALID", "--since");
  });

  it("with --waiting what could not land as it is, wherever it lies", () => {
    using world = openPushWorld();
    const { dev } = world;
    const branch = (name: string, ...messages: readonly string[]): void => {
      dev.git(["switch", "-q", "-c", name, "origin/main"]);
      for (const message of messages) dev.commit(message);
    };
    branch("by-hand", "By hand\n");
    branch("signed", VOUCHED.replace("Retry uploads", "Signed"));
    branch("mixed", "More by hand\n", ASSISTED);
    branch("theirs", ASSISTED.replace("Retry uploads", "Theirs"));
    dev.git(["push", "-q", "--no-verify", "origin", "theirs"]);
    dev.git(["switch", "-q", "main"]);
    dev.git(["branch", "-q", "-D", "theirs"]);
    const found = entries(dev, "--waiting", "--show", "branch");
    expect(found.map(({ subject, branch: name }) => [subject, name]).sort()).toEqual([
      ["Retry uploads", "mixed"],
      ["Theirs", "origin/theirs"],
    ]);
    expect(subjects(dev, "--waiting", "--author", "nobody")).toEqual([]);
    expectFault(countersign(dev, ["log", "--waiting", "HEAD"]), "OPTION_INVALID", "--waiting");
    dev.git(["push", "-q", "--no-verify", "origin", "mixed:main"]);
    expect(subjects(dev, "--waiting")).toEqual(["Theirs"]);
  });
});
