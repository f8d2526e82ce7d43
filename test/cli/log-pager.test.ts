import { writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CTRL_C, TerminalSession } from "../cosign/terminal-session.ts";
import { initRepo, type Repo } from "../rig/repository/repo.ts";
import { openScratch, type Scratch } from "../rig/repository/scratch.ts";

/** A pager that acts like less: Ctrl-C does not end it, and it reads on when a key was pressed. */
function openLog(scratch: Scratch, commits: number): Repo {
  const repo = initRepo(scratch, "r");
  const stream = Array.from(
    { length: commits },
    (_, index) => `commit refs/heads/main\ncommitter Zoë <c@x> ${index} +0000\ndata 9\ncommit ${index % 10}\n\n`,
  );
  repo.git(["fast-import", "--quiet"], { input: stream.join("") });
  const lines = ["#!/bin/sh", "trap '' INT", `echo "PAGER in $LC_ALL" >/dev/tty`, "read -r key </dev/tty", "cat"];
  writeFileSync(`${scratch.dir}/pager`, [...lines, 'echo "left by $key"', ""].join("\n"), { mode: 0o755 });
  repo.git(["config", "core.pager", `${scratch.dir}/pager`]);
  return repo;
}

describe("the pager of the log", () => {
  it.each([
    ["all is read", 3],
    ["there is more than it has taken", 20_000],
  ])("keeps the terminal after Ctrl-C where %s", async (_, commits) => {
    using scratch = openScratch();
    const repo = openLog(scratch, commits);
    const session = new TerminalSession(repo, ["log"], { env: { LC_ALL: "C.UTF-8" } });
    // As the person's other programs it speaks their language.
    await session.read("PAGER in C.UTF-8");
    session.type(CTRL_C);
    session.type("q\r");
    await session.read("left by q");
    const { status, signal, screen } = await session.ended;
    expect({ status, signal }).toEqual({ status: 0, signal: 0 });
    expect(screen).toContain("Zoë");
    expect(screen).not.toContain("GIT_FAILED");
    expect(screen.match(/commit \d\n/g)?.length ?? 0).toBeLessThanOrEqual(commits);
  });

  it("is not started for nothing", async () => {
    using scratch = openScratch();
    const repo = openLog(scratch, 3);
    const { status, screen } = await new TerminalSession(repo, ["log", "--agent", "aider"]).ended;
    expect({ status, screen }).toEqual({ status: 0, screen: "" });
  });
});
