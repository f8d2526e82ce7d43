import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { initRepo, Repo } from "../rig/repository/repo.ts";
import {
  addWorktree,
  BY_AGENT,
  claudeWrote,
  edit,
  FILE,
  findStaged,
  listMarks,
  mark,
  openMarkWorld,
} from "./mark-world.ts";

const NEW_FILE = "export const tariff = [1, 2, 3, 5, 8];\n";

it("works in a SHA-256 repository", async () => {
  using world = openMarkWorld(["--object-format=sha256"]);
  mark(world.repo, claudeWrote(edit(world.repo, BY_AGENT)));
  world.repo.git(["add", "."]);
  expect(await findStaged(world.repo)).toEqual([`unknown ${FILE}`]);
  edit(world.repo, `${BY_AGENT}// The end.\n`);
  world.repo.git(["add", "."]);
  expect(await findStaged(world.repo)).toEqual([`unknown ${FILE}`]);
});

it("works before the first commit", async () => {
  using world = openMarkWorld();
  const repo = initRepo(world.scratch, "fresh");
  mark(repo, claudeWrote(edit(repo, NEW_FILE, "tariff.js")));
  repo.git(["add", "."]);
  const empty = repo.git(["hash-object", "-t", "tree", "-w", "/dev/null"]);
  expect(await findStaged(repo, empty)).toEqual(["unknown tariff.js"]);
});

it.each([
  "grüße/日本語.js",
  "two  spaces.js",
  "-n.js",
  ":(top)a.js",
  'quote"s.js',
  "tab\there.js",
  "line\nfeed.js",
  "back\\slash.js",
  "[a-z]*.js",
])("knows a file by the name %j", async (name) => {
  using world = openMarkWorld();
  const { repo } = world;
  mkdirSync(join(repo.dir, "grüße"));
  const { stderr } = mark(repo, claudeWrote(edit(repo, NEW_FILE, name)));
  expect(stderr).toMatch(/^countersign mark: marked .* as written by unknown\n$/);
  edit(repo, `${NEW_FILE}export const more = true;\n`, name);
  repo.git(["--literal-pathspecs", "add", "--", name]);
  expect(await findStaged(repo)).toEqual([`unknown ${name}`]);
});

it("gives the id that git would, through the filters of the path", async () => {
  using world = openMarkWorld();
  const { repo } = world;
  repo.commit("Filters\n", { files: { ".gitattributes": "*.txt text eol=crlf\n*.up filter=up\n" } });
  repo.git(["config", "filter.up.clean", "tr a-z A-Z"]);
  mark(repo, claudeWrote(edit(repo, "12\r\n34\r\n", "lines.txt")));
  mark(repo, claudeWrote(edit(repo, "shout this very loudly\n", "voice.up")));
  repo.git(["add", "."]);
  expect(await findStaged(repo)).toEqual(["unknown lines.txt voice.up"]);
  expect(repo.git(["cat-file", "blob", ":voice.up"])).toBe("SHOUT THIS VERY LOUDLY");
});

it("keeps marks for all work trees of a repository, and knows them in each", async () => {
  using world = openMarkWorld();
  const { repo } = world;
  const linked = addWorktree(repo, "linked");
  mark(linked, claudeWrote(edit(linked, BY_AGENT)));
  expect(listMarks(repo)).toHaveLength(1);
  linked.git(["add", "."]);
  expect(await findStaged(linked)).toEqual([`unknown ${FILE}`]);
  edit(repo, BY_AGENT);
  repo.git(["add", "."]);
  expect(await findStaged(repo)).toEqual([`unknown ${FILE}`]);
});

it("finds the repository of each file, wherever the agent is", async () => {
  using world = openMarkWorld();
  const { repo, scratch } = world;
  const other = initRepo(scratch, "other");
  const edits = [
    { path: edit(repo, BY_AGENT), written: BY_AGENT },
    { path: "../other/tariff.js", written: NEW_FILE },
    { path: "/nowhere/at/all.js", written: NEW_FILE },
  ];
  edit(other, NEW_FILE, "tariff.js");
  const { stderr } = mark(other, { countersign: 1, agent: "amp", cwd: repo.dir, edits }, { cwd: scratch.dir });
  expect(stderr).toContain("not marked: /nowhere/at/all.js is in no work tree\n");
  expect([listMarks(repo).length, listMarks(other).length]).toEqual([1, 1]);
  repo.git(["add", "."]);
  expect(await findStaged(repo)).toEqual([`amp ${FILE}`]);
});

it("is not led astray by the variables of an outer hook", async () => {
  using world = openMarkWorld();
  const { repo, scratch } = world;
  const outer = initRepo(scratch, "outer");
  const env = {
    GIT_DIR: join(outer.dir, ".git"),
    GIT_WORK_TREE: outer.dir,
    GIT_INDEX_FILE: join(outer.dir, ".git/index"),
  };
  mark(repo, claudeWrote(edit(repo, BY_AGENT)), { env, cwd: outer.dir });
  expect([listMarks(repo).length, listMarks(outer).length]).toEqual([1, 0]);
  repo.git(["add", "."]);
  expect(await findStaged(repo)).toEqual([`unknown ${FILE}`]);
});

it("works in a folder that only the variables tie to a repository", async () => {
  using world = openMarkWorld();
  const { scratch } = world;
  const home = join(scratch.dir, "home");
  mkdirSync(home);
  const env = { ...scratch.env, GIT_DIR: join(scratch.dir, "dotfiles"), GIT_WORK_TREE: home };
  const bare = initRepo(scratch, "dotfiles", ["--bare"]);
  bare.git(["config", "core.bare", "false"]);
  const repo = new Repo({ ...scratch, env }, home);
  const { stderr } = mark(repo, claudeWrote(edit(repo, NEW_FILE, ".profile")));
  expect(stderr).toBe("countersign mark: marked .profile as written by unknown\n");
});

it("keeps the marks of a submodule's files in the submodule", async () => {
  using world = openMarkWorld();
  const { repo, scratch } = world;
  const library = initRepo(scratch, "library");
  library.commit("Library\n", { files: { "lib.js": "export const lib = 1;\n" } });
  repo.git(["submodule", "add", "-q", library.dir, "lib"]);
  repo.git(["commit", "-q", "-m", "Add the library"]);
  const inner = new Repo(scratch, join(repo.dir, "lib"));
  mark(repo, claudeWrote(edit(inner, NEW_FILE, "tariff.js")));
  mark(repo, claudeWrote(inner.dir));
  expect(listMarks(repo)).toEqual([]);
  inner.git(["add", "."]);
  expect(await findStaged(inner)).toEqual(["unknown tariff.js"]);
});

it("takes a link for a file of its own", async () => {
  using world = openMarkWorld();
  const { repo, scratch } = world;
  symlinkSync("shop.js", join(repo.dir, "src/link.js"));
  mark(repo, claudeWrote(join(repo.dir, "src/link.js")));
  repo.git(["add", "."]);
  expect(await findStaged(repo)).toEqual(["unknown src/link.js"]);
  repo.git(["commit", "-q", "-m", "Link"]);
  // By way of a folder that is a link the file itself is meant.
  symlinkSync(join(repo.dir, "src"), join(scratch.dir, "elsewhere"));
  edit(repo, BY_AGENT);
  mark(repo, claudeWrote(join(scratch.dir, "elsewhere/shop.js")));
  repo.git(["add", "."]);
  expect(await findStaged(repo)).toEqual([`unknown ${FILE}`]);
});

it.each([
  ["an ignored file", "build/out.js", "is ignored"],
  ["an ignored file with a name of its own", "note.log", "is ignored"],
  ["a file of git's own", ".git/hooks/pre-commit", "is in no work tree"],
  ["a file outside", "../outside.js", "is in no work tree"],
  ["a folder", "src", "is a folder"],
  ["a file that is not there", "absent.js", "is not there"],
  ["a file that is as it was", FILE, "is as HEAD has it"],
])("marks nothing of %s", (_name, path, why) => {
  using world = openMarkWorld();
  const { repo } = world;
  repo.commit("Ignore\n", { files: { ".gitignore": "/build/\n*.log\n" } });
  mkdirSync(join(repo.dir, "build"));
  for (const file of ["build/out.js", "note.log", ".git/hooks/pre-commit", "../outside.js"]) {
    writeFileSync(join(repo.dir, file), NEW_FILE);
  }
  const { status, stderr } = mark(repo, claudeWrote(path));
  expect(status).toBe(0);
  expect(stderr).toMatch(new RegExp(`^countersign mark: not marked: .*${why}\n$`));
  expect(listMarks(repo)).toEqual([]);
});
