import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readHookEvent } from "@countersign/core/internal";
import { expect, it } from "vitest";
import { ROOT } from "../rig/suite/bins.ts";
import { BY_AGENT, COMMITTED, edit, FILE, findStaged, listMarks, mark, openMarkWorld } from "./mark-world.ts";
import { knownPayloads } from "./payloads-known.ts";
import { otherPayloads } from "./payloads-other.ts";

const payloads = [...knownPayloads, ...otherPayloads];

/** Crush alone tells of edits before they are made. */
function isAnnounced(payload: unknown): boolean {
  return JSON.stringify(payload).includes('"PreToolUse"');
}

it.each(payloads)("knows what a person stages as the agent's work: $name", async ({ found, agent, payload, env }) => {
  using world = openMarkWorld();
  const { repo } = world;
  const file = join(repo.dir, FILE);
  if (!isAnnounced(payload(repo.dir, file))) edit(repo, BY_AGENT);
  const result = mark(repo, payload(repo.dir, file), { ...(agent ? { agent } : {}), env: env?.(file) ?? {} });
  expect(result).toEqual({
    status: 0,
    stdout: found.startsWith("cline") ? '{"cancel":false}\n' : "",
    stderr: `countersign mark: marked ${FILE} as written by ${found.split(" ")[0]}\n`,
  });
  edit(repo, BY_AGENT);
  repo.git(["add", "."]);
  expect(await findStaged(repo)).toEqual([`${found} ${FILE}`]);
  // However little of it is left.
  edit(repo, `${BY_AGENT.replace("Hello", "Good day")}// The end.\n`);
  repo.git(["add", "."]);
  expect(await findStaged(repo)).toEqual([`${found} ${FILE}`]);
});

it.each(payloads)("knows nothing of a file that the agent did not write: $name", async ({ agent, payload, env }) => {
  using world = openMarkWorld();
  const { repo } = world;
  const file = join(repo.dir, FILE);
  if (!isAnnounced(payload(repo.dir, file))) edit(repo, BY_AGENT);
  mark(repo, payload(repo.dir, file), { ...(agent ? { agent } : {}), env: env?.(file) ?? {} });
  expect(listMarks(repo)).toHaveLength(1);
  edit(repo, COMMITTED);
  repo.commit("By hand\n", { files: { "src/other.js": "export const other = 'things of my own';\n" } });
  edit(repo, COMMITTED.replace("Hello", "Good day"));
  repo.git(["add", "."]);
  expect(await findStaged(repo)).toEqual([]);
});

it.each([
  ["Read", { file_path: "src/shop.js" }, 'the tool "Read" of claude-code changes no file'],
  ["Grep", { pattern: "price", path: "src/shop.js" }, 'the tool "Grep" of claude-code changes no file'],
  ["Glob", { pattern: "**/*.js" }, 'the tool "Glob" of claude-code changes no file'],
  ["TodoWrite", { todos: [] }, 'the tool "TodoWrite" of claude-code changes no file'],
  ["mcp__files__read", { path: "src/shop.js" }, "nothing to mark after this event of claude-code"],
  [
    "mcp__files__find",
    { path: "src/shop.js", content: "not in it" },
    "nothing to mark after this event of claude-code",
  ],
])("takes the tool %s for no edit", (tool_name, tool_input, said) => {
  using world = openMarkWorld();
  edit(world.repo, BY_AGENT);
  const payload = { session_id: "s", cwd: world.repo.dir, hook_event_name: "PostToolUse", tool_name, tool_input };
  const { status, stdout, stderr } = mark(world.repo, payload, { agent: "claude-code" });
  expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
  expect(stderr).toContain(said);
  expect(listMarks(world.repo)).toEqual([]);
});

it("marks nothing of an edit that is only asked for", () => {
  using world = openMarkWorld();
  edit(world.repo, BY_AGENT);
  const payload = {
    session_id: "s",
    cwd: world.repo.dir,
    hook_event_name: "PreToolUse",
    tool_name: "Write",
    tool_input: { file_path: FILE, content: BY_AGENT },
  };
  const { stderr } = mark(world.repo, payload, { agent: "claude-code" });
  expect(stderr).toContain("nothing to mark before this event of claude-code");
  expect(listMarks(world.repo)).toEqual([]);
});

it("reads the neutral form as its documentation shows it", () => {
  const page = readFileSync(join(ROOT, "packages/cli/docs/mark.md"), "utf8");
  const [, shown = ""] = /```json\n(\{\n {2}"countersign": 1.*?)\n```/s.exec(page) ?? [];
  expect(readHookEvent(Buffer.from(shown))).toEqual({
    event: {
      agent: "opencode",
      session: "ses_1",
      call: "call_1",
      model: "claude-opus-5",
      cwd: "/home/bob/shop",
      phase: "after",
      edits: [{ path: "src/shop.ts", kind: "written", written: ["new text"], replaced: ["old text"] }],
      shell: false,
      announced: false,
    },
  });
});
