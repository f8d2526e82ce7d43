import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import type { Repo } from "../rig/repository/repo.ts";
import { messageOf } from "../rig/worlds/commit-hooks.ts";
import { CLAUDE_STAMP, IN_CLAUDE, openCommitWorld } from "../rig/worlds/commit-world.ts";
import { POLICY } from "../rig/worlds/push-world.ts";

/** Runs a commit in a session of its own, which has no terminal; standard input stays open and never says a word. */
async function commitWithoutTerminal(repo: Repo, message: string, env: NodeJS.ProcessEnv) {
  const options = { cwd: repo.dir, env: { ...repo.env, CI: "1", ...env }, detached: true } as const;
  const git = spawn("git", ["commit", "-q", "--allow-empty", "-m", message], options);
  const [stdout, stderr, [status]] = await Promise.all([text(git.stdout), text(git.stderr), once(git, "close")]);
  return { status, stdout, stderr };
}

describe("without a terminal nobody is asked:", () => {
  it("an agent's commit is stamped", async () => {
    using world = openCommitWorld({ policy: `${POLICY}disclosure: required\n`, ownProcess: true });
    const result = await commitWithoutTerminal(world.dev, "Work", IN_CLAUDE);
    expect(result).toMatchObject({ status: 0, stdout: "" });
    expect(messageOf(world.dev)).toBe(`Work\n\n${CLAUDE_STAMP}\n`);
  });

  it("a person's silence is stopped", async () => {
    using world = openCommitWorld({ policy: `${POLICY}disclosure: required\n`, ownProcess: true });
    const result = await commitWithoutTerminal(world.dev, "Work", {});
    expect(result).toMatchObject({ status: 1, stdout: "" });
    expect(result.stderr).toContain("DISCLOSURE_MISSING");
  });

  it("an agent's co-sign is stopped", async () => {
    using world = openCommitWorld({ ownProcess: true });
    const result = await commitWithoutTerminal(world.dev, "Work\n\nCo-signed-by: A <a@acme.example>", IN_CLAUDE);
    expect(result).toMatchObject({ status: 1, stdout: "" });
    expect(result.stderr).toContain("COSIGN_BY_AGENT");
  });

  it("a person's commit passes in silence", async () => {
    using world = openCommitWorld({ ownProcess: true });
    expect(await commitWithoutTerminal(world.dev, "Work", {})).toEqual({ status: 0, stdout: "", stderr: "" });
  });
});
