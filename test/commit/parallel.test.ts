import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { claudeWrites, codexWrites } from "../rig/agents/agent-marks.ts";
import { Repo } from "../rig/repository/repo.ts";
import { messageOf } from "../rig/worlds/commit-hooks.ts";
import { IN_CLAUDE, IN_CODEX, logOf, openCommitWorld } from "../rig/worlds/commit-world.ts";

/** Who works in a worktree: by hand, in a session, or by an agent's hooks that told of it. */
const WORKERS: readonly {
  readonly env?: NodeJS.ProcessEnv;
  readonly write?: (repo: Repo, path: string, content: string) => void;
  readonly stamp: readonly string[];
}[] = [
  { stamp: [] },
  { env: IN_CLAUDE, stamp: ["Claude Code"] },
  { write: claudeWrites, stamp: ["Claude Code"] },
  { write: codexWrites, stamp: ["Codex:gpt-5.6"] },
  { env: IN_CODEX, write: claudeWrites, stamp: ["Claude Code", "Codex"] },
];

it("twenty commits at once in the worktrees of one repository each get their own message and stamps", async () => {
  using world = openCommitWorld({ ownProcess: true });
  const { dev, scratch } = world;
  const trees = Array.from({ length: 20 }, (_, index) => {
    const { env = {}, stamp, write } = WORKERS[index % WORKERS.length] as (typeof WORKERS)[number];
    const repo = new Repo(scratch, join(scratch.dir, `tree-${index}`));
    dev.git(["worktree", "add", "-q", "-b", `topic-${index}`, repo.dir]);
    const content = `export const own${index} = (times) => attempt(times + ${index});\n`;
    if (write) write(repo, `own-${index}.js`, content);
    else repo.write({ [`own-${index}.js`]: content });
    repo.git(["add", "."]);
    return { repo, env, stamp, text: `Work ${index}\n\nBody of ${index}.\n` };
  });
  const commits = trees.map(async ({ repo, env, text }) => {
    const options = { cwd: repo.dir, env: { ...repo.env, ...env }, stdio: "ignore" } as const;
    const [status] = await once(spawn("git", ["commit", "-q", "-m", text.trimEnd()], options), "close");
    return status;
  });
  expect(await Promise.all(commits)).toEqual(trees.map(() => 0));
  for (const { repo, stamp, text } of trees) {
    const lines = stamp.map((value) => `Assisted-by: ${value}\n`).join("");
    expect(messageOf(repo)).toBe(lines === "" ? text : `${text}\n${lines}`);
    expect(logOf(repo)[0]?.agents).toHaveLength(stamp.length);
    const left = readdirSync(repo.git(["rev-parse", "--absolute-git-dir"]));
    expect(left.filter((name) => name.includes("countersign-") || name.endsWith(".lock"))).toEqual([]);
  }
  const kept = readdirSync(join(dev.commonDir, "countersign/marks"));
  expect(kept.filter((name) => !name.endsWith(".json"))).toEqual([]);
}, 300_000);
