import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { claudeWrites } from "../rig/agents/agent-marks.ts";
import { run } from "../rig/process/run.ts";
import { initRepo, Repo } from "../rig/repository/repo.ts";
import { openScratch } from "../rig/repository/scratch.ts";
import { installCommitHooks } from "../rig/worlds/commit-hooks.ts";
import { CLAUDE_STAMP, IN_CLAUDE } from "../rig/worlds/commit-world.ts";

const CODE = "export const retry = (times) => attempt(times);\n";

/** Where the work tree is, from where git is called, and with what. */
interface Place {
  readonly tree: string;
  readonly cwd?: string;
  readonly git?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

/** A repository with one commit and the hooks, in a folder of the scratch folder. */
function openRepo(scratch: Repo["scratch"], name: string, args: readonly string[] = []): Repo {
  const repo = initRepo(scratch, name, args);
  repo.commit("Start\n", { files: { "src/start.txt": "start\n" } });
  installCommitHooks(repo);
  return repo;
}

const PLACES: readonly [place: string, open: (scratch: Repo["scratch"]) => Place][] = [
  ["its top", (scratch) => ({ tree: openRepo(scratch, "a b").dir })],
  [
    "a folder in it",
    (scratch) => {
      const { dir } = openRepo(scratch, "repo");
      return { tree: dir, cwd: join(dir, "src") };
    },
  ],
  [
    "anywhere, with -C",
    (scratch) => {
      const { dir } = openRepo(scratch, "repo");
      return { tree: dir, cwd: scratch.dir, git: ["-C", "repo/src"] };
    },
  ],
  [
    "a linked worktree",
    (scratch) => {
      openRepo(scratch, "repo").git(["worktree", "add", "-q", "../linked"]);
      return { tree: join(scratch.dir, "linked") };
    },
  ],
  [
    "a worktree of a bare repository",
    (scratch) => {
      const { dir } = openRepo(scratch, "repo");
      const bare = new Repo(scratch, join(scratch.dir, "bare"));
      run("git", ["clone", "-q", "--bare", dir, bare.dir], { cwd: scratch.dir, env: scratch.env });
      installCommitHooks(bare);
      bare.git(["worktree", "add", "-q", "../work", "main"]);
      return { tree: join(scratch.dir, "work") };
    },
  ],
  [
    "a submodule",
    (scratch) => {
      const inner = openRepo(scratch, "inner");
      const outer = openRepo(scratch, "outer");
      outer.git(["submodule", "add", "-q", inner.dir, "inner"]);
      installCommitHooks(new Repo(scratch, join(outer.dir, "inner")));
      return { tree: join(outer.dir, "inner") };
    },
  ],
  [
    "a work tree beside its repository",
    (scratch) => ({ tree: openRepo(scratch, "repo", ["--separate-git-dir=git"]).dir }),
  ],
  [
    "--git-dir and --work-tree",
    (scratch) => {
      const { dir } = openRepo(scratch, "repo");
      return { tree: dir, cwd: scratch.dir, git: ["--git-dir=repo/.git", "--work-tree=repo"] };
    },
  ],
  [
    "GIT_DIR and GIT_WORK_TREE",
    (scratch) => {
      const { dir } = openRepo(scratch, "repo");
      return { tree: dir, cwd: scratch.dir, env: { GIT_DIR: join(dir, ".git"), GIT_WORK_TREE: dir } };
    },
  ],
  ["GIT_DIR from its own folder", (scratch) => ({ tree: openRepo(scratch, "repo").dir, env: { GIT_DIR: ".git" } })],
  [
    "another index",
    (scratch) => {
      const repo = openRepo(scratch, "repo");
      const env = { GIT_INDEX_FILE: join(scratch.dir, "other-index") };
      repo.git(["read-tree", "HEAD"], { env });
      return { tree: repo.dir, env };
    },
  ],
  [
    "an index in the folder of git, named from the top",
    (scratch) => {
      const repo = openRepo(scratch, "repo");
      const env = { GIT_INDEX_FILE: ".git/other-index" };
      repo.git(["read-tree", "HEAD"], { env });
      return { tree: repo.dir, env };
    },
  ],
];

/** Every file in a folder with its contents. */
function fingerprint(folder: string): string {
  const digest = createHash("sha256");
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    digest.update(`${name}\0`).update(statSync(path).isDirectory() ? fingerprint(path) : readFileSync(path));
  }
  return digest.digest("hex");
}

describe.each(PLACES)("a commit from %s", (_, open) => {
  it("is stamped in an agent's session and by a mark, and else not; a repository around it is never touched", () => {
    using scratch = openScratch();
    const around = initRepo(scratch, ".");
    installCommitHooks(around);
    around.commit("Around\n", { files: { around: "around\n" } });
    const before = fingerprint(join(scratch.dir, ".git"));
    const { tree, cwd = tree, git: options = [], env = {} } = open(scratch);
    const repo = new Repo(scratch, tree);
    const git = (args: readonly string[], more: NodeJS.ProcessEnv = {}) => {
      const result = run("git", [...options, ...args], { cwd, env: { ...repo.env, ...env, ...more } });
      expect(result).toMatchObject({ status: 0 });
      return result.stdout;
    };
    const commit = (more: NodeJS.ProcessEnv) => {
      git(["add", "-A", join(tree, "src")]);
      git(["commit", "-q", "-m", "Work"], more);
      return git(["log", "-1", "--format=%B"]);
    };
    mkdirSync(join(tree, "src"), { recursive: true });
    writeFileSync(join(tree, "src/by-hand.txt"), "by hand\n");
    expect(commit({})).toBe("Work\n\n");
    writeFileSync(join(tree, "src/in-session.txt"), "in a session\n");
    expect(commit(IN_CLAUDE)).toBe(`Work\n\n${CLAUDE_STAMP}\n\n`);
    claudeWrites(repo, "src/retry.js", CODE);
    expect(commit({})).toBe(`Work\n\n${CLAUDE_STAMP}\n\n`);
    expect(fingerprint(join(scratch.dir, ".git"))).toBe(before);
  });
});
