import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import {
  BY_AGENT,
  COMMITTED,
  claudeWrote,
  edit,
  FILE,
  findStaged,
  mark,
  NEW_LINE,
  OLD_LINE,
  openMarkWorld,
} from "./mark-world.ts";

const OWN_LINE = "  return price.times(quantity).rounded();";
const BY_PERSON = COMMITTED.replace(OLD_LINE, OWN_LINE);
const GREETING = COMMITTED.replace('"Hello "', '"A very warm welcome, "');

/** A world in which an agent has just changed the file. */
function openMarked(): ReturnType<typeof openMarkWorld> {
  const world = openMarkWorld();
  const file_path = edit(world.repo, BY_AGENT);
  mark(world.repo, claudeWrote(file_path, { old_string: OLD_LINE, new_string: NEW_LINE }, { tool_name: "Edit" }));
  return world;
}

it("knows the agent's very content", async () => {
  using world = openMarked();
  world.repo.git(["add", "."]);
  expect(await findStaged(world.repo)).toEqual([`unknown ${FILE}`]);
});

it("knows what a person edited after the agent", async () => {
  using world = openMarked();
  edit(world.repo, `// Copyright\n${BY_AGENT.replace("Hello", "Good day")}`);
  world.repo.git(["add", "."]);
  expect(await findStaged(world.repo)).toEqual([`unknown ${FILE}`]);
});

it("knows the agent's lines in another indentation and with other line ends", async () => {
  using world = openMarked();
  edit(world.repo, BY_AGENT.replace(NEW_LINE, `\t\t${NEW_LINE.trim()}  `).replaceAll("\n", "\r\n"));
  world.repo.git(["add", "."]);
  expect(await findStaged(world.repo)).toEqual([`unknown ${FILE}`]);
});

it("knows the agent's file under the name that a person gave it", async () => {
  using world = openMarkWorld();
  const { repo } = world;
  mark(repo, claudeWrote(edit(repo, "export const tariff = [1, 2, 3];\n", "src/tariff.js")));
  repo.git(["add", "."]);
  repo.git(["mv", "src/tariff.js", "src/prices.js"]);
  expect(await findStaged(repo)).toEqual(["unknown src/prices.js"]);
});

it("says nothing where a person threw the agent's work away and wrote their own", async () => {
  using world = openMarked();
  world.repo.git(["checkout", "--", FILE]);
  edit(world.repo, BY_PERSON);
  world.repo.git(["add", "."]);
  expect(await findStaged(world.repo)).toEqual([]);
});

it("says nothing where a person stages their own hunks alone", async () => {
  using world = openMarked();
  const { repo } = world;
  edit(repo, BY_AGENT.replace('"Hello "', '"A very warm welcome, "'));
  // What `git add -p` does with the agent's hunk left out.
  const own = repo.git(["hash-object", "-w", "--stdin"], { input: GREETING });
  repo.git(["update-index", "--cacheinfo", `100644,${own},${FILE}`]);
  expect(await findStaged(repo)).toEqual([]);
  repo.git(["add", "."]);
  expect(await findStaged(repo)).toEqual([`unknown ${FILE}`]);
});

it.each([
  ["the agent's own words", (file_path: string) => ({ file_path, old_string: OLD_LINE, new_string: NEW_LINE }), {}],
  ["what the file was before", (file_path: string) => ({ file_path }), { tool_response: { originalFile: GREETING } }],
])("leaves a person their own hunks of before the agent's edit, by %s", async (_name, input, more) => {
  using world = openMarkWorld();
  const { repo } = world;
  edit(repo, GREETING);
  const file_path = edit(repo, GREETING.replace(OLD_LINE, NEW_LINE));
  mark(repo, claudeWrote(file_path, input(file_path), { tool_name: "Edit", ...more }));
  const own = repo.git(["hash-object", "-w", "--stdin"], { input: GREETING });
  repo.git(["update-index", "--cacheinfo", `100644,${own},${FILE}`]);
  expect(await findStaged(repo)).toEqual([]);
  repo.git(["add", "."]);
  expect(await findStaged(repo)).toEqual([`unknown ${FILE}`]);
});

it("says nothing of a person's edit after the agent's work was committed", async () => {
  using world = openMarked();
  const { repo } = world;
  repo.git(["add", "."]);
  repo.git(["commit", "-q", "-m", "Multiply"]);
  edit(repo, BY_AGENT.replace("Hello", "Good day"));
  repo.git(["add", "."]);
  expect(await findStaged(repo)).toEqual([]);
  // Against the parent of the commit that is amended it is still the agent's.
  expect(await findStaged(repo, "HEAD^")).toEqual([`unknown ${FILE}`]);
});

it("says nothing of marks of files that are not staged", async () => {
  using world = openMarked();
  edit(world.repo, "export const other = 'things of my own';\n", "src/other.js");
  world.repo.git(["add", "src/other.js"]);
  expect(await findStaged(world.repo)).toEqual([]);
});

it("says nothing where a person moves a file that the agent wrote and somebody committed", async () => {
  using world = openMarked();
  world.repo.git(["add", "."]);
  world.repo.git(["commit", "-q", "-m", "Multiply"]);
  world.repo.git(["mv", FILE, "src/store.js"]);
  expect(await findStaged(world.repo)).toEqual([]);
});

it("knows lines that the agent took away, and not a person's change of one of them", async () => {
  using world = openMarkWorld();
  const { repo } = world;
  const shorter = COMMITTED.split("\n").slice(0, 4).join("\n");
  mark(repo, claudeWrote(edit(repo, `${shorter}\n`)));
  edit(repo, `${shorter}\n// The end.\n`);
  repo.git(["add", "."]);
  expect(await findStaged(repo)).toEqual([`unknown ${FILE}`]);
  edit(repo, GREETING);
  repo.git(["add", "."]);
  expect(await findStaged(repo)).toEqual([]);
});

it("knows a file that the agent deleted", async () => {
  using world = openMarkWorld();
  const { repo } = world;
  repo.commit("Two more\n", { files: { "one.txt": "one\n", "two.txt": "two\n" } });
  rmSync(join(repo.dir, "one.txt"));
  const patch = "*** Begin Patch\n*** Delete File: one.txt\n*** End Patch";
  const payload = {
    session_id: "s",
    cwd: repo.dir,
    hook_event_name: "PostToolUse",
    model: "gpt-5.6",
    tool_name: "apply_patch",
  };
  mark(repo, { ...payload, tool_input: { command: patch } }, { agent: "codex" });
  repo.git(["rm", "-q", "two.txt"]);
  expect(await findStaged(repo)).toEqual([]);
  repo.git(["add", "."]);
  expect(await findStaged(repo)).toEqual(["codex gpt-5.6 one.txt"]);
});

it("knows each of several edits of one file", async () => {
  using world = openMarkWorld();
  const { repo } = world;
  const warm = '  return "A very warm welcome, " + name;';
  edit(repo, BY_AGENT.replace('  return "Hello " + name;', warm));
  const edits = [
    { path: FILE, written: NEW_LINE, replaced: OLD_LINE },
    { path: FILE, written: warm, replaced: '  return "Hello " + name;' },
  ];
  mark(repo, { countersign: 1, agent: "amp", edits });
  for (const kept of [BY_AGENT, COMMITTED.replace('  return "Hello " + name;', warm)]) {
    edit(repo, kept);
    repo.git(["add", "."]);
    expect(await findStaged(repo)).toEqual([`amp ${FILE}`]);
  }
});

it("names every agent and model that had a part, each once", async () => {
  using world = openMarkWorld();
  const { repo } = world;
  for (const [agent, model, path] of [
    ["codex", "gpt-5.6", "a.js"],
    ["codex", "gpt-5.6", "b.js"],
    ["codex", "gpt-6", "b.js"],
    ["droid", undefined, "c.js"],
  ] as const) {
    const written = `export const ${agent} = "written by ${model ?? agent} alone";\n`;
    edit(repo, written, path);
    mark(repo, { countersign: 1, agent, ...(model ? { model } : {}), session: model, edits: [{ path, written }] });
  }
  repo.git(["add", "."]);
  expect(await findStaged(repo)).toEqual(["codex gpt-5.6 a.js", "codex gpt-6 b.js", "droid c.js"]);
});
