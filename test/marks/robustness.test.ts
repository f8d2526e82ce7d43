import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { run } from "../rig/process/run.ts";
import { COUNTERSIGN_BIN } from "../rig/suite/bins.ts";
import {
  BY_AGENT,
  claudeRan,
  claudeWrote,
  edit,
  FILE,
  findStaged,
  findUnreadable,
  listMarks,
  type MarkWorld,
  mark,
  openMarkWorld,
} from "./mark-world.ts";

const DAY = 24 * 60 * 60;

it.each([
  ["nothing", ""],
  ["no JSON", "rm -rf /\n"],
  ["JSON that is no object", "[1,2,3]"],
  ["half of an object", '{"session_id":"s","hook_event_name":"PostToolUse"'],
  ["deep nesting", "[".repeat(200_000)],
  ["bytes", Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x80])],
  ["an object of something else", '{"hello":"world"}'],
  ["fields of other types", '{"hook_event_name":"PostToolUse","tool_name":["Write"],"tool_input":7}'],
  [
    "names of an object's own",
    '{"hook_event_name":"PostToolUse","tool_name":"Write","tool_input":{"file_path":"__proto__"}}',
  ],
])("ends well and in silence on %s", (_name, input) => {
  using world = openMarkWorld();
  const { dir, env } = world.repo;
  const quiet = run(process.execPath, [COUNTERSIGN_BIN, "mark", "--agent", "claude-code"], { cwd: dir, env, input });
  expect(quiet).toEqual({ status: 0, stdout: "", stderr: "" });
  const verbose = mark(world.repo, input, { agent: "claude-code" });
  expect(verbose).toMatchObject({ status: 0, stdout: "" });
  expect(verbose.stderr).toMatch(/^countersign mark: no.+\n$/);
  expect(listMarks(world.repo)).toEqual([]);
});

it.each([["--agent"], ["--agent", ""], ["--agent", "--verbose"], ["--no-such-option", "and", "more"]])(
  "ends well with the arguments %j %j",
  (...args) => {
    using world = openMarkWorld();
    const { dir, env } = world.repo;
    const input = JSON.stringify(claudeWrote(edit(world.repo, BY_AGENT)));
    expect(run(process.execPath, [COUNTERSIGN_BIN, "mark", ...args], { cwd: dir, env, input })).toMatchObject({
      status: 0,
      stdout: "",
    });
    expect(listMarks(world.repo)).toHaveLength(1);
  },
);

it("ends well where an option of the program lacks its value", () => {
  using world = openMarkWorld();
  const { dir, env } = world.repo;
  const { status, stdout } = run(process.execPath, [COUNTERSIGN_BIN, "mark", "--repo"], { cwd: dir, env, input: "{}" });
  expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
});

it("reads no more than a payload can be", () => {
  using world = openMarkWorld();
  const payload = claudeWrote(edit(world.repo, BY_AGENT), {}, { padding: "x".repeat(33 * 1024 * 1024) });
  const { status, stdout, stderr } = mark(world.repo, payload);
  expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
  expect(stderr).toBe("countersign mark: nothing marked: standard input holds more than 33554432 bytes\n");
  expect(listMarks(world.repo)).toEqual([]);
});

it("answers Cline whatever it tells", () => {
  using world = openMarkWorld();
  for (const payload of ["junk", "", { clineVersion: "3", hookName: "TaskStart" }]) {
    expect(mark(world.repo, payload, { agent: "cline" })).toMatchObject({ status: 0, stdout: '{"cancel":false}\n' });
  }
});

it("ends well outside of a repository, without git, and in a folder that is gone", () => {
  using world = openMarkWorld();
  const { repo, scratch } = world;
  writeFileSync(join(scratch.dir, "loose.js"), BY_AGENT);
  expect(mark(repo, claudeWrote(join(scratch.dir, "loose.js")), { cwd: scratch.dir })).toMatchObject({ status: 0 });
  const payload = claudeWrote(edit(repo, BY_AGENT), {}, { cwd: join(scratch.dir, "gone") });
  const result = mark(repo, payload, { env: { PATH: scratch.dir } });
  expect(result).toMatchObject({ status: 0, stdout: "" });
  expect(result.stderr).toContain("nothing marked: git could not be started");
});

it("tells on request by an environment variable, and nothing of a name's control characters", () => {
  using world = openMarkWorld();
  const { dir, env } = world.repo;
  const input = JSON.stringify(claudeWrote(edit(world.repo, BY_AGENT, "a\u001b[2Kb.js")));
  const debug = { ...env, COUNTERSIGN_DEBUG: "1" };
  const { stderr } = run(process.execPath, [COUNTERSIGN_BIN, "mark"], { cwd: dir, env: debug, input });
  expect(stderr).toBe("countersign mark: marked a\\u{1b}[2Kb.js as written by unknown\n");
});

it("loses no mark of twenty agents that write at once", async () => {
  using world = openMarkWorld();
  const { repo } = world;
  const files = Array.from({ length: 20 }, (_, index) => `file-${index}.js`);
  const ends = files.map((name, index) => {
    const payload = claudeWrote(edit(repo, `export const number = ${index};\n`, name), {}, { session_id: `s${index}` });
    const env = { ...repo.env };
    const child = spawn(process.execPath, [COUNTERSIGN_BIN, "mark"], {
      cwd: repo.dir,
      env,
      stdio: ["pipe", "ignore", "ignore"],
    });
    child.stdin.end(JSON.stringify(payload));
    return new Promise<number | null>((resolve) => child.on("close", resolve));
  });
  expect(await Promise.all(ends)).toEqual(files.map(() => 0));
  repo.git(["add", "."]);
  expect(await findStaged(repo)).toEqual([`unknown ${[...files].sort().join(" ")}`]);
  expect(listMarks(repo)).toHaveLength(20);
});

it("keeps one mark of the same content, and writes to nothing but its own folder", () => {
  using world = openMarkWorld();
  const { repo } = world;
  const file = edit(repo, BY_AGENT);
  const state = (): string =>
    [...snapshot(join(repo.dir, ".git")), repo.git(["status", "--porcelain"]), repo.git(["count-objects", "-v"])].join(
      "\n",
    );
  const before = state();
  mark(repo, claudeWrote(file));
  mark(repo, claudeWrote(file));
  mark(repo, claudeRan("PreToolUse", repo.dir));
  expect(listMarks(repo)).toHaveLength(1);
  expect(state()).toBe(before);
});

/** The names and contents of git's own files, without ours. */
function snapshot(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !join(entry.parentPath, entry.name).includes("countersign/"))
    .map((entry) => `${entry.name} ${readFileSync(join(entry.parentPath, entry.name), "base64")}`)
    .sort();
}

it("goes by the marks that can be read where others are damaged", async () => {
  using world = openMarkWorld();
  const { repo } = world;
  mark(repo, claudeWrote(edit(repo, BY_AGENT)), { agent: "claude-code" });
  const [name = ""] = listMarks(repo);
  const folder = join(repo.dir, ".git/countersign/marks");
  const digits = name.slice(0, 31);
  const whole = readFileSync(join(folder, name), "utf8")
    .replace('"claude-code"', '"amp"')
    .replace(/"blob":"\w+",/, "");
  const wrong = [whole.replace(/"added":\[/, '"added":["x",'), whole.replace('"removed":[]', '"removed":{}')];
  for (const [index, junk] of ["", "{", "null", '{"version":2}', '{"version":1,"agent":7}', ...wrong].entries()) {
    writeFileSync(join(folder, `${digits}-0000000000000${index}.json`), junk);
  }
  mkdirSync(join(folder, `${digits}-00000000000009.json`));
  writeFileSync(join(folder, "notes.txt"), "mine");
  // Reading either of these would never end.
  run("mkfifo", [join(folder, `${digits}-0000000000000a.json`)], { cwd: repo.dir, env: repo.env });
  symlinkSync("/dev/zero", join(folder, `${digits}-0000000000000b.json`));
  repo.git(["add", "."]);
  expect([...(await findStaged(repo))].sort()).toEqual([`claude-code ${FILE}`, `unknown ${FILE}`]);
  expect(await findUnreadable(repo)).toEqual([FILE]);
  edit(repo, `${BY_AGENT}// By hand.\n`);
  repo.git(["add", "."]);
  expect(await findStaged(repo)).toEqual([`claude-code ${FILE}`]);
  expect(await findUnreadable(repo)).toEqual([FILE]);
});

it("tells of marks that cannot be listed", async () => {
  using world = openMarkWorld();
  const { repo } = world;
  mkdirSync(join(repo.dir, ".git/countersign"));
  writeFileSync(join(repo.dir, ".git/countersign/marks"), "");
  repo.git(["add", "."]);
  edit(repo, BY_AGENT);
  repo.git(["add", "."]);
  await expect(findStaged(repo)).rejects.toMatchObject({ code: "MARKS_UNREADABLE" });
  expect(mark(repo, claudeWrote(FILE))).toMatchObject({ status: 0, stdout: "" });
});

/** Lets the marks be so many seconds old, and a new session begin. */
function grow(world: MarkWorld, age: number): void {
  const { repo } = world;
  const folder = join(repo.dir, ".git/countersign/marks");
  const then = Date.now() / 1000 - age;
  for (const name of listMarks(repo)) utimesSync(join(folder, name), then, then);
  mark(repo, claudeRan("PreToolUse", repo.dir, `after ${age}`));
  mark(repo, { ...claudeRan("PreToolUse", repo.dir), session_id: `another after ${age}` });
}

it("forgets marks that were committed, or that nobody committed for long", () => {
  using world = openMarkWorld();
  const { repo } = world;
  mark(repo, claudeWrote(edit(repo, BY_AGENT)));
  mark(repo, claudeWrote(edit(repo, `${BY_AGENT}// The agent was here a second time.\n`)));
  mark(repo, claudeWrote(edit(repo, "export const left = 'not committed';\n", "left.js")));
  // In Latin-1, as on an old disk.
  mark(repo, claudeRan("PreToolUse", repo.dir));
  writeFileSync(Buffer.from(`${repo.dir}/caf\xe9.js`, "latin1"), "export const coffee = 'committed';\n");
  mark(repo, claudeRan("PostToolUse", repo.dir));
  const leftover = join(repo.dir, ".git/countersign/marks/1-abc.tmp");
  writeFileSync(leftover, "{");
  repo.git(["add", FILE, "caf*.js"]);
  repo.git(["commit", "-q", "-m", "Twice"]);
  grow(world, DAY / 2);
  expect(listMarks(repo)).toHaveLength(4);
  grow(world, 2 * DAY);
  expect(listMarks(repo)).toHaveLength(1);
  grow(world, 15 * DAY);
  expect(listMarks(repo)).toEqual([]);
});
