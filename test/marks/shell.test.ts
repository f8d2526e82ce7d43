import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import {
  BY_AGENT,
  claudeRan,
  claudeWrote,
  edit,
  FILE,
  findStaged,
  listMarks,
  type MarkWorld,
  mark,
  openMarkWorld,
} from "./mark-world.ts";

const NEW_FILE = "export const tariff = [1, 2, 3, 5, 8];\n";

/** A command of the agent's, told of before and after. */
function agentRuns({ repo }: MarkWorld, command: () => void, call?: string): string {
  mark(repo, claudeRan("PreToolUse", repo.dir, call), { agent: "claude-code" });
  command();
  return mark(repo, claudeRan("PostToolUse", repo.dir, call), { agent: "claude-code" }).stderr;
}

it("marks what a command wrote, made, moved here and removed", async () => {
  using world = openMarkWorld();
  const { repo, scratch } = world;
  repo.commit("More\n", { files: { "gone/old.js": "export const old = true;\n", ".gitignore": "*.log\n" } });
  const aside = join(scratch.dir, "aside.js");
  writeFileSync(aside, "export const aside = 'from another place';\n");
  utimesSync(aside, 1, 1);
  agentRuns(world, () => {
    edit(repo, BY_AGENT);
    edit(repo, NEW_FILE, "new.js");
    edit(repo, "noise\n", "noise.log");
    renameSync(aside, join(repo.dir, "aside.js"));
    rmSync(join(repo.dir, "gone"), { recursive: true });
  });
  repo.git(["add", "-f", "."]);
  expect(await findStaged(repo)).toEqual([`claude-code aside.js gone/old.js new.js ${FILE}`]);
});

it("marks what a command wrote and staged by itself", async () => {
  using world = openMarkWorld();
  const { repo } = world;
  agentRuns(world, () => {
    edit(repo, NEW_FILE, "new.js");
    repo.git(["add", "."]);
  });
  expect(await findStaged(repo)).toEqual(["claude-code new.js"]);
});

it("leaves to a person what they had changed before the command", async () => {
  using world = openMarkWorld();
  const { repo } = world;
  edit(repo, "export const mine = 'by hand';\n", "mine.js");
  rmSync(join(repo.dir, FILE));
  agentRuns(world, () => edit(repo, NEW_FILE, "new.js"));
  repo.git(["add", "."]);
  expect(await findStaged(repo)).toEqual(["claude-code new.js"]);
});

it("stashes away what a person had changed, whatever bytes its path has, without marking it", () => {
  using world = openMarkWorld();
  const { repo } = world;
  // In Latin-1, as on an old disk.
  const [mine, its] = ["caf\xe9.js", "th\xe9.js"].map((name) => Buffer.from(`${repo.dir}/${name}`, "latin1"));
  writeFileSync(mine ?? "", "export const mine = 'by hand';\n");
  agentRuns(world, () => repo.git(["stash", "-q", "-u"]));
  expect(listMarks(repo)).toEqual([]);
  agentRuns(world, () => {
    writeFileSync(its ?? "", NEW_FILE);
    repo.git(["stash", "-q", "-u"]);
  });
  const marks = listMarks(repo).map((name) => readFileSync(join(repo.dir, ".git/countersign/marks", name), "utf8"));
  expect(marks.map((text) => JSON.parse(text).path)).toEqual(["th\xe9.js"]);
});

it("marks nothing of a command that changed nothing, or a file's mode alone", () => {
  using world = openMarkWorld();
  agentRuns(world, () => chmodSync(join(world.repo.dir, FILE), 0o755));
  expect(listMarks(world.repo)).toEqual([]);
});

it("marks nothing of a command whose beginning it was not told of: a person may have written all that is new", () => {
  using world = openMarkWorld();
  const { repo } = world;
  for (const call of ["first", "second"]) {
    edit(repo, `// by hand before the ${call}\n`, `${call}.js`);
    const { stderr } = mark(repo, claudeRan("PostToolUse", repo.dir, call), { agent: "claude-code" });
    expect(stderr).toContain("nothing to mark after this event of claude-code");
  }
  expect(listMarks(repo)).toEqual([]);
});

it("tells two commands of one session apart that run at once", async () => {
  using world = openMarkWorld();
  const { repo } = world;
  mark(repo, claudeRan("PreToolUse", repo.dir, "slow"), { agent: "claude-code" });
  edit(repo, NEW_FILE, "slow.js");
  agentRuns(world, () => edit(repo, NEW_FILE, "fast.js"), "fast");
  rmSync(join(repo.dir, ".git/countersign/marks"), { recursive: true });
  mark(repo, claudeRan("PostToolUse", repo.dir, "slow"), { agent: "claude-code" });
  repo.git(["add", "slow.js"]);
  expect(await findStaged(repo)).toEqual(["claude-code slow.js"]);
});

it("takes the model from the end of the transcript, and does without it", async () => {
  using world = openMarkWorld();
  const { repo, scratch } = world;
  const transcript_path = join(scratch.dir, "transcript.jsonl");
  const said = (model: string): string =>
    `${JSON.stringify({ type: "assistant", message: { role: "assistant", model } })}\n`;
  const lines = `${said("claude-opus-4-5")}${"x".repeat(100_000)}\n${said("claude-opus-4-6")}${said("claude-opus-5")}${said("<synthetic>")}{"type":"user"}\n{"cut`;
  writeFileSync(transcript_path, lines);
  const file = edit(repo, BY_AGENT);
  mark(repo, claudeWrote(file, {}, { transcript_path }), { agent: "claude-code" });
  repo.git(["add", "."]);
  expect(await findStaged(repo)).toEqual([`claude-code claude-opus-5 ${FILE}`]);
  mkdirSync(join(scratch.dir, "folder"));
  for (const path of ["absent.jsonl", "folder"]) {
    const payload = claudeWrote(file, {}, { session_id: path, transcript_path: join(scratch.dir, path) });
    expect(mark(repo, payload, { agent: "claude-code" }).stderr).toContain(`marked ${FILE}`);
  }
  // A mark that names no model says nothing beside one that does.
  expect(await findStaged(repo)).toEqual([`claude-code claude-opus-5 ${FILE}`]);
});
