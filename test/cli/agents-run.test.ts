import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Run, run } from "../rig/process/run.ts";
import { Repo } from "../rig/repository/repo.ts";
import { openScratch, type Scratch } from "../rig/repository/scratch.ts";
import { readTree } from "../rig/repository/tree.ts";
import { ROOT } from "../rig/suite/bins.ts";
import { AGENTS, agents, DEPENDENCY, openProject, writeAll } from "./agents-project.ts";

/** Stands in for the program: it notes what it is called with and what it reads. */
const STAND_IN = `#!/bin/sh
{ echo "$*"; cat; echo; } >> "$NOTES"
`;

const PLUGINS = ["opencode", "amp", "pi"];

function putStandIn(repo: Repo, path: string): void {
  writeAll(repo, { [path]: STAND_IN });
  chmodSync(join(repo.dir, path), 0o755);
}

const THEIRS = /(?:^|\/)(?:package\.json|\.gitignore|node_modules\/.*)$/;

type Starter = readonly [program: string, ...args: string[]];

/** Our files in a project that has nothing else but manifests. */
function filesOf(repo: Repo): readonly string[] {
  return Object.entries(readTree(repo.dir))
    .filter(([path, kind]) => kind !== "folder" && !THEIRS.test(path))
    .map(([path]) => path);
}

/** What an agent's hooks start. */
function startersOf(repo: Repo): readonly Starter[] {
  return filesOf(repo).flatMap((file): readonly Starter[] => {
    // Augment's script is started by what its settings hold.
    if (file.endsWith(".sh")) return [];
    if (!file.endsWith(".json")) return [[join(repo.dir, file)]];
    const commands: Starter[] = [];
    JSON.parse(readFileSync(join(repo.dir, file), "utf8"), (key, value) => {
      if (key === "command" || key === "bash") commands.push(["sh", "-c", value]);
      return value;
    });
    return commands;
  });
}

/** What an agent notices of its hook; `error` also where the hook ended before it had read all. */
interface Noticed {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly error: Error | undefined;
}

function startAll(repo: Repo, input: string, more: NodeJS.ProcessEnv = {}): readonly Noticed[] {
  const env = {
    ...repo.env,
    NOTES: join(repo.scratch.dir, "notes"),
    CLAUDE_PROJECT_DIR: repo.dir,
    FACTORY_PROJECT_DIR: repo.dir,
    PLUGIN_ROOT: join(repo.dir, ".agents/plugins/countersign"),
    ...more,
  };
  return startersOf(repo).map(([program, ...args]) => {
    const started = spawnSync(program, args, { cwd: repo.dir, env, input, encoding: "utf8" });
    const { status, stdout, stderr, error } = started;
    return { status, stdout, stderr, error };
  });
}

function notes({ dir }: Scratch): string {
  return existsSync(join(dir, "notes")) ? readFileSync(join(dir, "notes"), "utf8") : "";
}

describe.each(AGENTS.filter((agent) => !PLUGINS.includes(agent)))("the hooks of %s", (agent) => {
  it("give the event to the program that the project depends on", () => {
    using scratch = openScratch();
    const repo = openProject(scratch);
    agents(repo, "install", agent);
    putStandIn(repo, "node_modules/.bin/countersign");
    const runs = startAll(repo, '{"event":1}');
    expect(runs).toEqual(runs.map(() => ({ status: 0, stdout: "", stderr: "", error: undefined })));
    expect(notes(scratch)).toBe(`mark --agent ${agent}\n{"event":1}\n`.repeat(runs.length));
  });

  it("give it to that of another work tree, or of the machine, where their own has no packages", () => {
    using scratch = openScratch();
    const repo = openProject(scratch);
    agents(repo, "install", agent);
    repo.git(["add", "-A"]);
    repo.git(["commit", "-q", "-m", "Set up"]);
    repo.git(["worktree", "add", "-q", "-b", "linked", "../linked work"]);
    const linked = new Repo(scratch, join(scratch.dir, "linked work"));
    putStandIn(repo, "node_modules/.bin/countersign");
    const runs = startAll(linked, '{"event":1}');
    expect(runs).toEqual(runs.map(() => ({ status: 0, stdout: "", stderr: "", error: undefined })));
    const told = `mark --agent ${agent}\n{"event":1}\n`;
    expect(notes(scratch)).toBe(told.repeat(runs.length));
    rmSync(join(repo.dir, "node_modules"), { recursive: true });
    putStandIn(new Repo(scratch, scratch.dir), "machine/countersign");
    startAll(linked, '{"event":1}', { PATH: `${join(scratch.dir, "machine")}:${repo.env["PATH"]}` });
    expect(notes(scratch)).toBe(told.repeat(2 * runs.length));
  });

  it("disturb nobody where the program is missing, however long the event is", () => {
    using scratch = openScratch();
    const repo = openProject(scratch, { "package.json": "{}" });
    for (const dependency of ["{}", '{ "dependencies": { "countersign": "*" } }']) {
      writeAll(repo, { "package.json": dependency });
      agents(repo, "install", agent);
      const runs = startAll(repo, "x".repeat(1 << 20));
      const reply = agent === "cline" ? '{"cancel":false}\n' : "";
      expect(runs).toEqual(runs.map(() => ({ status: 0, stdout: reply, stderr: "", error: undefined })));
      expect(runs.length).toBeGreaterThan(0);
    }
  });

  it("disturb nobody where the program fails", () => {
    using scratch = openScratch();
    const repo = openProject(scratch);
    agents(repo, "install", agent);
    writeAll(repo, { "node_modules/.bin/countersign": "#!/bin/sh\nexit 2\n" });
    chmodSync(join(repo.dir, "node_modules/.bin/countersign"), 0o755);
    for (const { status } of startAll(repo, "{}")) expect(status).toBe(0);
  });
});

describe("where the npm project lies below the root", () => {
  /** The one that depends on the program, and others; all agents are set up from the folder of the repository. */
  function openBelow(scratch: Scratch, folder: string, ...names: readonly string[]): Repo {
    const repo = openProject(scratch, {
      "package.json": "{}",
      "apps/site/package.json": DEPENDENCY,
      "a/package.json": "{ no JSON",
      ".gitignore": "node_modules\n",
      "node_modules/other/package.json": DEPENDENCY,
      [`${folder}/package.json`]: DEPENDENCY,
    });
    agents(repo, "install", ...names);
    return repo;
  }

  const told = (agent: string): string => `mark --agent ${agent}\n{"event":1}\n`;

  it.each(["claude-code", "codex", "copilot", "goose", "augment"])("the hooks of %s look there", (agent) => {
    using scratch = openScratch();
    const repo = openBelow(scratch, "web", agent);
    putStandIn(repo, "web/node_modules/.bin/countersign");
    const runs = startAll(repo, '{"event":1}');
    expect(runs).toEqual(runs.map(() => ({ status: 0, stdout: "", stderr: "", error: undefined })));
    expect(notes(scratch)).toBe(told(agent).repeat(runs.length));
  });

  it("they look there from a folder below and from another work tree", () => {
    using scratch = openScratch();
    const repo = openBelow(scratch, "web", "claude-code");
    repo.git(["add", "-A"]);
    repo.git(["commit", "-q", "-m", "Set up"]);
    repo.git(["worktree", "add", "-q", "-b", "linked", "../linked"]);
    putStandIn(repo, "web/node_modules/.bin/countersign");
    const [[program, ...args] = ["false"]] = startersOf(repo);
    for (const dir of [join(repo.dir, "web"), join(scratch.dir, "linked")]) {
      const env = { ...repo.env, NOTES: join(scratch.dir, "notes"), CLAUDE_PROJECT_DIR: dir };
      expect(run(program, args, { cwd: dir, env, input: '{"event":1}' }).status).toBe(0);
    }
    expect(notes(scratch)).toBe(told("claude-code").repeat(2));
  });

  it("its plugin looks there", () => {
    using scratch = openScratch();
    const repo = openBelow(scratch, "web", "pi");
    putStandIn(repo, "web/node_modules/.bin/countersign");
    expect(drive(repo, "pi")).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(notes(scratch)).toContain("mark --agent pi\n");
  });

  it("the list says so wherever it is asked for", () => {
    using scratch = openScratch();
    const repo = openBelow(scratch, "web", "claude-code");
    const web = new Repo(scratch, join(repo.dir, "web"));
    for (const place of [repo, web]) expect(agents(place, "list")).toMatch(/^claude-code .* yes /m);
  });

  it("a folder whose name a shell would not take as it stands is looked for on the PATH", () => {
    using scratch = openScratch();
    const repo = openProject(scratch, { "package.json": "{}", "a $(touch evil)/package.json": DEPENDENCY });
    agents(repo, "install", "claude-code");
    expect(startersOf(repo).flat().join()).not.toContain("evil");
  });
});

it("has node look on Windows in other work trees and on the PATH too", () => {
  using scratch = openScratch();
  const repo = openProject(scratch);
  agents(repo, "install", "codex");
  repo.git(["add", "-A"]);
  repo.git(["commit", "-q", "-m", "Set up"]);
  repo.git(["worktree", "add", "-q", "-b", "linked", "../linked work"]);
  const [, script = ""] = / else node -e (\S+) /.exec(readFileSync(join(repo.dir, ".codex/hooks.json"), "utf8")) ?? [];
  const start = (more: NodeJS.ProcessEnv = {}): Run => {
    const env = { ...repo.env, NOTES: join(scratch.dir, "notes"), ...more };
    return run(process.execPath, ["-e", script], { cwd: join(scratch.dir, "linked work"), env, input: "{}" });
  };
  putStandIn(repo, "node_modules/.bin/countersign.cmd");
  expect(start()).toEqual({ status: 0, stdout: "", stderr: "" });
  expect(notes(scratch)).toBe("mark --agent codex\n{}\n");
  rmSync(join(repo.dir, "node_modules"), { recursive: true });
  putStandIn(new Repo(scratch, scratch.dir), "machine/countersign");
  start({ PATH: `${join(scratch.dir, "machine")}:${repo.env["PATH"]}` });
  expect(notes(scratch)).toBe("mark --agent codex\n{}\n".repeat(2));
});

it("finds the project from a folder below, where an agent runs its hooks there", () => {
  using scratch = openScratch();
  const repo = openProject(scratch);
  agents(repo, "install", "codex");
  putStandIn(repo, "node_modules/.bin/countersign");
  const env = { ...repo.env, NOTES: join(scratch.dir, "notes") };
  const starters = startersOf(repo);
  writeAll(repo, { "src/a b/x": "" });
  for (const [program, ...args] of starters) {
    run(program, args, { cwd: join(repo.dir, "src/a b"), env, input: "{}" });
  }
  expect(notes(scratch)).toBe("mark --agent codex\n{}\n".repeat(2));
});

/** Drives a plugin as the agent does, by its real file. */
const DRIVERS: Readonly<Record<string, string>> = {
  opencode: `
    const { CountersignPlugin } = await import(file);
    const hooks = await CountersignPlugin({ directory: "/shop" });
    await hooks["chat.params"]({ sessionID: "s1", model: { id: "some-model" } });
    const edit = { filePath: "/shop/a.ts", oldString: "old", newString: "new" };
    await hooks["tool.execute.before"]({ tool: "edit", sessionID: "s1", callID: "c1" });
    await hooks["tool.execute.after"]({ tool: "edit", sessionID: "s1", callID: "c1", args: edit });
    await hooks["tool.execute.before"]({ tool: "bash", sessionID: "s1", callID: "c2" });
    await hooks["tool.execute.after"]({ tool: "read", sessionID: "s1", callID: "c3", args: { filePath: "/shop/b.ts" } });
    const patchText = "*** Begin Patch\\n*** Update File: c.ts\\n*** Delete File: d.ts\\n*** End Patch";
    await hooks["tool.execute.after"]({ tool: "apply_patch", sessionID: "s2", callID: "c4", args: { patchText } });`,
  amp: `
    const handlers = {};
    const helpers = {
      filesModifiedByToolCall: ({ input }) => (input.path ? [new URL(input.path, "file:///")] : null),
      shellCommandFromToolCall: ({ tool, input }) => (tool === "Bash" ? { command: input.cmd } : null),
    };
    (await import(file)).default({ on: (event, handler) => { handlers[event] = handler; }, helpers });
    const thread = { id: "T-1" };
    await handlers["tool.result"]({ thread, toolUseID: "c1", tool: "edit_file", input: { path: "/shop/a.ts" } });
    await handlers["tool.result"]({ thread, toolUseID: "c2", tool: "Bash", input: { cmd: "ls" } });
    await handlers["tool.result"]({ thread, toolUseID: "c3", tool: "Read", input: {} });
    const call = { thread, toolUseID: "c4", tool: "mcp__files__write", input: {} };
    const { action } = await handlers["tool.call"](call);
    if (action !== "allow") throw new Error("it would decide whether tools may run");
    await handlers["tool.call"]({ thread, toolUseID: "c5", tool: "Read", input: {} });`,
  pi: `
    const handlers = {};
    (await import(file)).default({ on: (event, handler) => { handlers[event] = handler; } });
    const context = { cwd: "/shop", model: { id: "some-model" }, sessionManager: { getSessionId: () => "s1" } };
    const write = { toolName: "write", toolCallId: "c1", input: { path: "a.ts", content: "new" } };
    const edits = [{ oldText: "old", newText: "new" }];
    const edit = { toolName: "edit", toolCallId: "c2", input: { path: "b.ts", edits } };
    await handlers.tool_call(write, context);
    await handlers.tool_result(write, context);
    await handlers.tool_result(edit, context);
    await handlers.tool_call({ toolName: "bash", toolCallId: "c3", input: { command: "ls" } }, context);
    await handlers.tool_result({ toolName: "read", toolCallId: "c4", input: { path: "c.ts" } }, context);`,
};

function drive(repo: Repo, agent: string): Run {
  const file = join(repo.dir, filesOf(repo)[0] ?? "");
  const driver = join(repo.dir, "driver.mts");
  writeAll(repo, { "driver.mts": `const file: string = ${JSON.stringify(file)};\n${DRIVERS[agent]}\n` });
  const env = { ...repo.env, NOTES: join(repo.scratch.dir, "notes") };
  const result = run(join(ROOT, "node_modules/.bin/tsx"), [driver], { cwd: repo.dir, env });
  rmSync(driver);
  return result;
}

describe.each(PLUGINS)("the plugin of %s", (agent) => {
  it("gives edits and shell commands to the program, and nothing else", async () => {
    using scratch = openScratch();
    const repo = openProject(scratch);
    agents(repo, "install", agent);
    putStandIn(repo, "node_modules/.bin/countersign");
    expect(drive(repo, agent)).toEqual({ status: 0, stdout: "", stderr: "" });
    await expect(notes(scratch).replaceAll(repo.dir, "<project>")).toMatchFileSnapshot(
      `agents-golden/${agent}-events.txt`,
    );
  });

  it("disturbs nobody where the program is missing", () => {
    using scratch = openScratch();
    const repo = openProject(scratch);
    agents(repo, "install", agent);
    expect(drive(repo, agent)).toEqual({ status: 0, stdout: "", stderr: "" });
    mkdirSync(join(repo.dir, "node_modules/.bin/countersign"), { recursive: true });
    expect(drive(repo, agent)).toEqual({ status: 0, stdout: "", stderr: "" });
  });
});
