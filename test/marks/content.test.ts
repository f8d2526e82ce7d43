import { chmodSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Repo } from "../rig/repository/repo.ts";
import {
  BY_AGENT,
  COMMITTED,
  claudeRan,
  edit,
  FILE,
  findStaged,
  listMarks,
  type MarkWorld,
  mark,
  openMarkWorld,
} from "./mark-world.ts";

// A mark is content: what git or a tool does to a file's time, mode or place while an agent's command runs is not its work.

const WARM = '  return "A very warm welcome, " + name;';
const BY_PERSON = COMMITTED.replace('  return "Hello " + name;', WARM);
const NEW_FILE = "export const tariff = [1, 2, 3, 5, 8];\n";

/** Something that happens during an agent's command, which it is told of before and after. */
function during({ repo }: MarkWorld, happen: (repo: Repo) => void): void {
  mark(repo, claudeRan("PreToolUse", repo.dir, "c"), { agent: "claude-code" });
  happen(repo);
  mark(repo, claudeRan("PostToolUse", repo.dir, "c"), { agent: "claude-code" });
}

/** A person's uncommitted work: a changed file, and a new one. */
function openEdited(): MarkWorld {
  const world = openMarkWorld();
  const { repo } = world;
  repo.commit("Another file\n", { files: { "other.js": "export const other = 1;\n" } });
  repo.git(["branch", "side", "HEAD~"]);
  edit(repo, BY_PERSON);
  edit(repo, NEW_FILE, "new.js");
  return world;
}

describe("a person's uncommitted work stays theirs through", () => {
  it.each<[what: string, happen: (repo: Repo) => void]>([
    [
      "a stash and its pop",
      (repo) => {
        repo.git(["stash", "-q", "-u"]);
        repo.git(["stash", "pop", "-q"]);
      },
    ],
    [
      "a hook manager's stash of what is not staged",
      (repo) => {
        repo.git(["add", "new.js"]);
        repo.git(["stash", "-q", "--keep-index"]);
        repo.git(["checkout", "-q", "stash@{0}", "--", "."]);
        repo.git(["stash", "drop", "-q"]);
      },
    ],
    ["a formatter that writes equal bytes", (repo) => void edit(repo, BY_PERSON)],
    ["touch", (repo) => utimesSync(join(repo.dir, FILE), new Date(), new Date())],
    ["chmod", (repo) => chmodSync(join(repo.dir, FILE), 0o755)],
    [
      "a switch to another branch and back",
      (repo) => {
        repo.git(["switch", "-q", "side"]);
        repo.git(["switch", "-q", "main"]);
      },
    ],
    ["a switch to another branch", (repo) => repo.git(["switch", "-q", "side"])],
    ["a soft reset", (repo) => repo.git(["reset", "-q", "--soft", "HEAD~"])],
    ["a commit of something else", (repo) => repo.commit("Else\n", { files: { "else.js": "export const e = 1;\n" } })],
  ])("%s", async (_, happen) => {
    using world = openEdited();
    during(world, happen);
    expect(listMarks(world.repo)).toEqual([]);
  });

  it("a pull that stashes it, rebases and merges it with what came", async () => {
    using world = openMarkWorld();
    const { repo } = world;
    repo.git(["switch", "-q", "-c", "upstream"]);
    repo.commit("Top\n", { files: { [FILE]: COMMITTED.replace("// The shop.", "// The shop of shops.") } });
    repo.git(["switch", "-q", "main"]);
    repo.commit("Mine\n", { files: { "mine.js": "export const mine = 1;\n" } });
    edit(repo, BY_PERSON);
    during(world, () => repo.git(["pull", "-q", "--rebase", "--autostash", ".", "upstream"]));
    repo.git(["add", "."]);
    expect(repo.git(["diff", "--cached", "--stat"])).toContain("shop.js");
    expect(await findStaged(repo)).toEqual([]);
  });

  it("an older stash that is brought back onto what has changed meanwhile", async () => {
    using world = openEdited();
    const { repo } = world;
    repo.git(["stash", "-q", "-u"]);
    repo.commit("Top\n", { files: { [FILE]: COMMITTED.replace("// The shop.", "// The shop of shops.") } });
    during(world, () => repo.git(["stash", "pop", "-q"]));
    expect(listMarks(repo)).toEqual([]);
  });

  it("another tool of the agent, which nobody knows", () => {
    using world = openEdited();
    const { repo } = world;
    const event = { session_id: "s", cwd: repo.dir, tool_name: "mcp__git__stash", tool_use_id: "c", tool_input: {} };
    mark(repo, { ...event, hook_event_name: "PreToolUse" }, { agent: "claude-code" });
    repo.git(["stash", "-q"]);
    repo.git(["stash", "pop", "-q"]);
    mark(repo, { ...event, hook_event_name: "PostToolUse" }, { agent: "claude-code" });
    expect(listMarks(repo)).toEqual([]);
  });

  it("typing between two commands", () => {
    using world = openMarkWorld();
    const { repo } = world;
    during(world, () => {});
    edit(repo, BY_PERSON);
    edit(repo, NEW_FILE, "new.js");
    during(world, () => {});
    expect(listMarks(repo)).toEqual([]);
  });
});

describe("what an agent really changes is marked still:", () => {
  it.each<[what: string, happen: (repo: Repo) => void, found: readonly string[]]>([
    ["a file that a person had changed before", (repo) => void edit(repo, BY_AGENT), [`claude-code ${FILE}`]],
    [
      "a file besides a stash and its pop",
      (repo) => {
        repo.git(["stash", "-q", "-u"]);
        edit(repo, "export const evil = true;\n", "evil.js");
        repo.git(["stash", "pop", "-q"]);
      },
      ["claude-code evil.js"],
    ],
    [
      "a line more in what is brought back",
      (repo) => {
        repo.git(["stash", "-q", "-u"]);
        repo.git(["stash", "pop", "-q"]);
        edit(repo, `${NEW_FILE}export const evil = true;\n`, "new.js");
      },
      ["claude-code new.js"],
    ],
    [
      "a file on another branch",
      (repo) => {
        repo.git(["switch", "-q", "side"]);
        edit(repo, "export const evil = true;\n", "evil.js");
      },
      ["claude-code evil.js"],
    ],
  ])("%s", async (_, happen, found) => {
    using world = openEdited();
    during(world, happen);
    world.repo.git(["add", "."]);
    expect(await findStaged(world.repo)).toEqual(found);
  });

  it("what one command stashes away and the next one brings back", async () => {
    using world = openEdited();
    const { repo } = world;
    during(world, () => {
      edit(repo, "export const evil = true;\n", "evil.js");
      edit(repo, BY_AGENT, "other.js");
      repo.git(["stash", "-q", "-u"]);
    });
    during(world, () => repo.git(["stash", "pop", "-q"]));
    repo.git(["add", "."]);
    expect(await findStaged(repo)).toEqual(["claude-code evil.js other.js"]);
  });

  it("and a person's own lines in the same file are not", async () => {
    using world = openEdited();
    const { repo } = world;
    during(world, () => edit(repo, BY_AGENT.replace('  return "Hello " + name;', WARM)));
    const own = repo.git(["hash-object", "-w", "--stdin"], { input: BY_PERSON });
    repo.git(["update-index", "--cacheinfo", `100644,${own},${FILE}`]);
    expect(await findStaged(repo)).toEqual([]);
    repo.git(["add", "."]);
    expect(await findStaged(repo)).toEqual([`claude-code ${FILE}`]);
  });

  it("by a tool of an MCP server, told of before and after, or with its content alone", async () => {
    using world = openMarkWorld();
    const { repo } = world;
    const tool = { session_id: "s", cwd: repo.dir, tool_name: "mcp__files__write_file", tool_use_id: "c" };
    mark(repo, { ...tool, hook_event_name: "PreToolUse", tool_input: { path: "a.js" } }, { agent: "claude-code" });
    edit(repo, NEW_FILE, "a.js");
    mark(repo, { ...tool, hook_event_name: "PostToolUse", tool_input: { path: "a.js" } }, { agent: "claude-code" });
    edit(repo, `// b\n${NEW_FILE}`, "b.js");
    const tool_input = { path: "b.js", content: `// b\n${NEW_FILE}` };
    mark(repo, { ...tool, hook_event_name: "PostToolUse", tool_use_id: "d", tool_input }, { agent: "claude-code" });
    repo.git(["add", "."]);
    expect(await findStaged(repo)).toEqual(["claude-code a.js b.js"]);
  });
});
