import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { claudeWrites } from "../rig/agents/agent-marks.ts";
import { type Run, run } from "../rig/process/run.ts";
import type { Repo } from "../rig/repository/repo.ts";
import { openScratch } from "../rig/repository/scratch.ts";
import { COMMIT_HOOK_BINS } from "../rig/suite/bins.ts";
import { installCommitHooks, messageOf } from "../rig/worlds/commit-hooks.ts";
import { CLAUDE_STAMP, commit, IN_CLAUDE, openCommitWorld } from "../rig/worlds/commit-world.ts";
import { writeFakeGit } from "../rig/worlds/pre-push-hook.ts";

const HOOKS = Object.keys(COMMIT_HOOK_BINS);
const WITH_MESSAGE = ["prepare-commit-msg", "commit-msg"];

interface ByHand {
  readonly args?: readonly string[];
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** A hook as a person runs it who wants to see what it does. */
function byHand(
  { dir, env: own }: Pick<Repo, "dir" | "env">,
  hook: string,
  { args = [], cwd = dir, env = {} }: ByHand,
): Run {
  return run(process.execPath, [COMMIT_HOOK_BINS[hook] as string, ...args], { cwd, env: { ...own, ...env } });
}

/** One clear message, status 2, no trace of a stack. */
function expectFailure({ status, stdout, stderr }: Run, code: string, ...phrases: readonly string[]): void {
  expect(stderr).toMatch(
    new RegExp(`^countersign: the commit is stopped; its message is kept\n${code}: .+\n  why: .+\n  fix: .+\n$`),
  );
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  for (const phrase of phrases) expect(stderr).toContain(phrase);
}

describe("a hook that is run by hand", () => {
  it.each(WITH_MESSAGE)("%s wants the file that git names", (hook) => {
    using world = openCommitWorld();
    for (const args of [[], [""]]) {
      expectFailure(byHand(world.dev, hook, { args }), "MESSAGE_UNREADABLE", "git names it as the first argument");
    }
    expectFailure(byHand(world.dev, hook, { args: ["nowhere/FILE"] }), "MESSAGE_UNREADABLE", "nowhere/FILE", "ENOENT");
    expectFailure(byHand(world.dev, hook, { args: ["."] }), "MESSAGE_UNREADABLE", "EISDIR");
  });

  it("pre-commit needs nothing, and tells of what is staged", () => {
    using world = openCommitWorld();
    expect(byHand(world.dev, "pre-commit", {})).toEqual({ status: 0, stdout: "", stderr: "" });
    const { status, stderr } = byHand(world.dev, "pre-commit", { env: IN_CLAUDE });
    expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringContaining("made with claude-code") });
  });

  it.each(WITH_MESSAGE)("%s works on any file in a work tree", (hook) => {
    using world = openCommitWorld();
    const file = join(world.dev.dir, "message.txt");
    const stamped = `Work\n\n${CLAUDE_STAMP}\n`;
    writeFileSync(file, hook === "commit-msg" ? stamped : "Work\n");
    const env = { ...IN_CLAUDE, GIT_EDITOR: ":" };
    expect(byHand(world.dev, hook, { args: ["message.txt"], env })).toMatchObject({ status: 0 });
    expect(readFileSync(file, "utf8")).toBe(stamped);
  });

  it.each(HOOKS)("%s is no use outside of a repository, and says so", (hook) => {
    using scratch = openScratch();
    writeFileSync(join(scratch.dir, "message.txt"), "Work\n");
    const result = byHand(scratch, hook, { args: ["message.txt"], env: IN_CLAUDE });
    expectFailure(result, "NOT_A_REPOSITORY");
  });

  it.each(HOOKS)("%s says that its folder is gone", (hook) => {
    using world = openCommitWorld();
    const { dev } = world;
    mkdirSync(join(dev.dir, "gone"));
    const script = `rmdir "$PWD"; exec "${process.execPath}" "${COMMIT_HOOK_BINS[hook]}" message.txt`;
    const result = run("sh", ["-c", script], { cwd: join(dev.dir, "gone"), env: { ...dev.env, ...IN_CLAUDE } });
    expectFailure(result, "DIRECTORY_MISSING");
  });
});

describe("git that is not there, or not itself", () => {
  it.each(HOOKS)("%s says so", (hook) => {
    using world = openCommitWorld();
    const file = join(world.dev.gitDir, "COMMIT_EDITMSG");
    writeFileSync(file, "Work\n\nAssisted-by: Kiro\n");
    const env = { ...IN_CLAUDE, PATH: "/nonexistent", GIT_EDITOR: ":" };
    expectFailure(byHand(world.dev, hook, { args: [file], env }), "GIT_NOT_STARTED");
    expect(readFileSync(file, "utf8")).toBe("Work\n\nAssisted-by: Kiro\n");
  });

  it.each([
    ["fails", "echo broken >&2; exit 7"],
    ["is killed", "kill -9 $$"],
  ])("that %s stops an agent's commit, and leaves its message", (_, script) => {
    using world = openCommitWorld();
    const file = join(world.dev.gitDir, "COMMIT_EDITMSG");
    writeFileSync(file, "Work\n");
    const PATH = `${writeFakeGit(world.scratch, script)}:${world.dev.env["PATH"]}`;
    const result = byHand(world.dev, "prepare-commit-msg", { args: [file], env: { ...IN_CLAUDE, PATH } });
    expect(result.status).toBe(2);
    expect(result.stderr).toContain("GIT_FAILED");
    expect(readFileSync(file, "utf8")).toBe("Work\n");
  });
});

describe("marks that cannot be read", () => {
  const marks = ({ commonDir }: Repo) => join(commonDir, "countersign/marks");

  it("stop the commit where they cannot even be listed, since it might be an agent's", () => {
    using world = openCommitWorld();
    const { dev } = world;
    mkdirSync(join(dev.commonDir, "countersign"));
    writeFileSync(marks(dev), "");
    for (const args of [
      ["-m", "Work"],
      ["-n", "-m", "Work"],
    ]) {
      const { status, stderr } = commit(dev, args);
      expect(status).toBe(1);
      expect(stderr).toContain("MARKS_UNREADABLE: ");
      expect(stderr).toContain(marks(dev));
      expect(stderr).not.toMatch(/\n\s+at /);
    }
    expect(dev.oid("HEAD")).toBe(dev.oid("origin/main"));
  });

  it.each<[what: string, damage: string]>([
    ["empty", ""],
    ["cut off", '{"version":1,"agent":"claude-code","path":"ret'],
    ["of another version", '{"version":99}'],
    ["no JSON", "\0\x01\xff"],
    ["another kind of JSON", "[[[[]]]]"],
  ])("tell by their names that an agent wrote the file where one is %s, and the others tell which", (_, damage) => {
    using world = openCommitWorld();
    const { dev } = world;
    loseMark(dev, damage);
    dev.git(["add", "."]);
    const { status, stderr } = commit(dev, ["-m", "Work"]);
    expect(status).toBe(0);
    expect(stderr).toMatch(TOLD);
    expect(stderr).toContain('countersign: added "Assisted-by: AI", as it wrote lost.js\n');
    expect(messageOf(dev)).toBe("Work\n\nAssisted-by: AI\n");
    claudeWrites(dev, "kept.js", "export const kept = (times) => attempt(times);\n");
    dev.git(["add", "."]);
    expect(dev.try(["commit", "-q", "-m", "Work"]).stderr).not.toContain("cannot be read");
    expect(messageOf(dev)).toBe(`Work\n\n${CLAUDE_STAMP}\n`);
  });

  it("are told of in one line where a person has edited the file since, and stamp nothing", () => {
    using world = openCommitWorld();
    const { dev } = world;
    loseMark(dev, "");
    writeFileSync(join(dev.dir, "lost.js"), "const n = 3;\nwhile (n) put();\n");
    dev.git(["add", "."]);
    const { status, stderr } = commit(dev, ["-m", "Work"]);
    expect(status).toBe(0);
    expect(stderr).toMatch(TOLD);
    expect(stderr.match(/\n/g)).toHaveLength(1);
    expect(messageOf(dev)).toBe("Work\n");
  });

  it("are passed over where they are about no staged file, or gone, or no marks", () => {
    using world = openCommitWorld();
    const { dev } = world;
    const name = loseMark(dev, "");
    writeFileSync(join(marks(dev), "README"), "what is this\n");
    expect(commit(dev, ["-m", "Work"])).toMatchObject({ status: 0, stderr: "" });
    rmSync(join(marks(dev), name));
    dev.git(["add", "."]);
    expect(commit(dev, ["-m", "Work"])).toMatchObject({ status: 0, stderr: "" });
    expect(messageOf(dev)).toBe("Work\n");
  });

  const TOLD =
    /^countersign: a mark cannot be read: an agent wrote lost\.js, and which one is not known; `countersign doctor` says more\n/m;

  /** An agent writes a file, and its mark is damaged. Returns the mark's name. */
  function loseMark(dev: Repo, damage: string): string {
    claudeWrites(dev, "lost.js", "export const lost = (times) => attempt(times);\n");
    const [name = ""] = readdirSync(marks(dev));
    writeFileSync(join(marks(dev), name), damage);
    return name;
  }
});

describe("a damaged policy in force", () => {
  it("stops no commit, and is told of where it matters", () => {
    using world = openCommitWorld({ policy: "version: 1\ndisclosure: required\nstamp: Made-by\nrules: [\n" });
    expect(commit(world.dev, ["-m", "Work"])).toMatchObject({ status: 0, stderr: "" });
    const { status, stderr } = commit(world.dev, ["-m", "Work"], IN_CLAUDE);
    expect(status).toBe(0);
    expect(stderr).toContain(
      "countersign: the policy in force cannot be read, so it is not known what this will need: ",
    );
    expect(messageOf(world.dev)).toBe(`Work\n\n${CLAUDE_STAMP}\n`);
  });
});

describe("a reader of its words that is gone", () => {
  it.each(["2>&-", "2>/dev/full"])("does not keep a hook from its work: %s", (redirect) => {
    using world = openCommitWorld();
    const { dev } = world;
    installCommitHooks(dev, { before: `exec ${redirect}` });
    expect(commit(dev, ["-m", "Work"], IN_CLAUDE).status).toBe(0);
    expect(messageOf(dev)).toBe(`Work\n\n${CLAUDE_STAMP}\n`);
    expect(commit(dev, ["-m", "Work\n\nCo-signed-by: A <a@acme.example>"], IN_CLAUDE).status).toBe(1);
  });
});
