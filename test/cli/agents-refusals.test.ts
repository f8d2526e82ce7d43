import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, lchownSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { countersign, expectFault } from "../rig/process/countersign.ts";
import { openScratch, type Scratch } from "../rig/repository/scratch.ts";
import { readTree } from "../rig/repository/tree.ts";
import { COUNTERSIGN_BIN } from "../rig/suite/bins.ts";
import { agents, openProject, writeAll } from "./agents-project.ts";

const SETTINGS = ".claude/settings.json";

/** Sets up Codex, which nothing is in the way of, and Claude Code, which must be refused: then nothing was written. */
function expectRefused(
  repo: ReturnType<typeof openProject>,
  code: string,
  ...phrases: readonly (string | RegExp)[]
): void {
  const before = readTree(repo.dir);
  expectFault(countersign(repo, ["agents", "install", "codex", "claude-code"]), code, ...phrases);
  expect(readTree(repo.dir)).toEqual(before);
}

function outside(scratch: Scratch): string {
  const folder = join(scratch.dir, "outside");
  mkdirSync(folder);
  return folder;
}

describe("agents install writes nothing for any agent", () => {
  it.each([
    ["a syntax error", '{\n  "a": 1\n  "b": 2\n}', /settings\.json .*line 3, column 3/],
    ["a cut file", '{ "a": [', /not JSON/],
    ["an empty file", "", /not JSON/],
    ["brackets within brackets without end", "[".repeat(100_000), /nested too deep/],
    ["objects within objects without end", `${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`, /nested too deep/],
    ["another file after the first", "{} {}", /not JSON/],
    ["a file of another encoding", Buffer.from([0x7b, 0xff, 0x7d]), /not UTF-8/],
    ["a list", "[]", /the file is not an object/],
    ["hooks that are no object", '{ "hooks": "x" }', /"hooks" is not an object/],
    ["an event that is no list", '{ "hooks": { "PreToolUse": {} } }', /"hooks\.PreToolUse" is not a list/],
  ])("where one has %s", (_name, contents, problem) => {
    using scratch = openScratch();
    expectRefused(openProject(scratch, { [SETTINGS]: contents }), "AGENT_FILE_INVALID", problem);
  });

  it("where a configuration file is a link", () => {
    using scratch = openScratch();
    const repo = openProject(scratch, { "settings.json": "{}\n", ".claude/other": "" });
    symlinkSync("../settings.json", join(repo.dir, SETTINGS));
    expectRefused(repo, "AGENT_FILE_UNUSABLE", "it is a symbolic link");
  });

  it("where a folder is a link that leads out of the work tree", () => {
    using scratch = openScratch();
    const repo = openProject(scratch);
    const folder = outside(scratch);
    symlinkSync(folder, join(repo.dir, ".claude"));
    expectRefused(repo, "AGENT_FILE_UNUSABLE", "leads out of the work tree");
    expect(readTree(folder)).toEqual({});
  });

  it("where a folder is a link into git's own files", () => {
    using scratch = openScratch();
    const repo = openProject(scratch);
    symlinkSync(".git/hooks", join(repo.dir, ".claude"));
    expectRefused(repo, "AGENT_FILE_UNUSABLE", "leads out of the work tree");
  });

  it("where a folder is a link that leads nowhere", () => {
    using scratch = openScratch();
    const repo = openProject(scratch);
    symlinkSync("nowhere", join(repo.dir, ".claude"));
    expectRefused(repo, "AGENT_FILE_UNUSABLE", "is not a folder");
  });

  it("where a folder is a file, or the file a folder", () => {
    using scratch = openScratch();
    const repo = openProject(scratch, { ".claude": "" });
    expectRefused(repo, "AGENT_FILE_UNUSABLE", "is not a folder");
    expectRefused(openProjectWithFolder(scratch), "AGENT_FILE_UNUSABLE", "it is a folder");
  });

  it("where an executable of somebody else is in the way", () => {
    using scratch = openScratch();
    const repo = openProject(scratch, { ".clinerules/hooks/PostToolUse": "#!/bin/sh\necho mine\n" });
    const before = readTree(repo.dir);
    const result = countersign(repo, ["agents", "install", "codex", "cline"]);
    expectFault(result, "AGENT_FILE_TAKEN", ".clinerules/hooks/PostToolUse is there already");
    expect(readTree(repo.dir)).toEqual(before);
    agents(repo, "uninstall", "cline");
    expect(readTree(repo.dir)).toEqual(before);
  });

  it("where somebody wrote in a file that was ours", () => {
    using scratch = openScratch();
    const repo = openProject(scratch);
    agents(repo, "install", "opencode");
    const plugin = ".opencode/plugins/countersign.ts";
    writeAll(repo, { [plugin]: `${readFileSync(join(repo.dir, plugin), "utf8")}console.log("mine");\n` });
    const before = readTree(repo.dir);
    for (const command of ["install", "uninstall"]) {
      expectFault(countersign(repo, ["agents", command, "opencode"]), "AGENT_FILE_TAKEN", "was changed after");
    }
    expect(readTree(repo.dir)).toEqual(before);
  });

  it.each([
    ["no agent that is known", ["cluade"], "AGENT_UNKNOWN", "claude-code, codex"],
    ["one without hooks", ["aider"], "AGENT_WITHOUT_HOOKS", "Aider cannot be set up"],
    ["one with hooks of each user alone", ["kimi"], "AGENT_WITHOUT_HOOKS", "~/.kimi/config.toml"],
  ])("where one is named that is %s", (_name, names, code, phrase) => {
    using scratch = openScratch();
    const repo = openProject(scratch);
    const before = readTree(repo.dir);
    expectFault(countersign(repo, ["agents", "install", "codex", ...names]), code, phrase);
    expect(readTree(repo.dir)).toEqual(before);
  });
});

it("uninstalls all agents past files that hold nothing of ours, whatever is wrong with them", () => {
  using scratch = openScratch();
  const repo = openProject(scratch, { ".gemini/settings.json": "{ nonsense", ".clinerules/hooks/PreToolUse": "\xff" });
  symlinkSync(outside(scratch), join(repo.dir, ".cursor"));
  const before = readTree(repo.dir);
  agents(repo, "install", "codex");
  expect(agents(repo, "uninstall")).toBe("Codex CLI\n  removed: .codex/hooks.json\n");
  expect(readTree(repo.dir)).toEqual(before);
  expectFault(countersign(repo, ["agents", "uninstall", "cursor"]), "AGENT_FILE_UNUSABLE", "leads out");
  expect(agents(repo, "uninstall")).toBe("No agent has countersign's hooks here.\n");
});

it("uninstalls nothing where hooks of ours stand in a file that cannot be read", () => {
  using scratch = openScratch();
  const repo = openProject(scratch);
  agents(repo, "install", "codex", "claude-code");
  writeAll(repo, { [SETTINGS]: `${readFileSync(join(repo.dir, SETTINGS), "utf8")}]` });
  const before = readTree(repo.dir);
  expectFault(countersign(repo, ["agents", "uninstall"]), "AGENT_FILE_INVALID", "not JSON");
  expect(readTree(repo.dir)).toEqual(before);
});

it("installs through a linked folder that stays in the work tree, and leaves the link", () => {
  using scratch = openScratch();
  const repo = openProject(scratch, { "config/claude/settings.json": "{}\n" });
  symlinkSync("config/claude", join(repo.dir, ".claude"));
  const before = readTree(repo.dir);
  agents(repo, "install", "claude-code");
  expect(readFileSync(join(repo.dir, "config/claude/settings.json"), "utf8")).toContain("mark --agent claude-code");
  agents(repo, "uninstall");
  expect(readTree(repo.dir)).toEqual(before);
});

function openProjectWithFolder(scratch: Scratch): ReturnType<typeof openProject> {
  mkdirSync(join(scratch.dir, "second"));
  const repo = openProject({ ...scratch, dir: join(scratch.dir, "second") });
  mkdirSync(join(repo.dir, SETTINGS), { recursive: true });
  return repo;
}

it.each([
  ["a folder", ".claude", "its folder may not be written to"],
  ["a file", SETTINGS, "it may not be written to"],
])("writes nothing where %s may not be written to", (_name, path, problem) => {
  using scratch = openScratch();
  const repo = openProject(scratch, { [SETTINGS]: "{}\n" });
  chmodSync(join(repo.dir, path), 0o555);
  const before = readTree(repo.dir);
  // Where nobody may read it.
  const dist = join(scratch.dir, "program");
  cpSync(dirname(COUNTERSIGN_BIN), dist, { recursive: true });
  const bin = join(dist, basename(COUNTERSIGN_BIN));
  const { status, stderr } = spawnSync(process.execPath, [bin, "agents", "install", "codex", "claude-code"], {
    cwd: repo.dir,
    env: repo.env,
    encoding: "utf8",
    ...withoutPower(scratch),
  });
  expect({ status, stderr: stderr.split("\n")[0] }).toEqual({
    status: 2,
    stderr: `AGENT_FILE_UNUSABLE: ${SETTINGS} cannot be used: ${problem}`,
  });
  expect(readTree(repo.dir)).toEqual(before);
});

/** The superuser may write everywhere, so it hands the folder to nobody and becomes nobody. */
function withoutPower({ dir }: Scratch): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const nobody = 65534;
  for (const path of [dir, ...readdirSync(dir, { recursive: true, encoding: "utf8" }).map((name) => join(dir, name))]) {
    lchownSync(path, nobody, nobody);
  }
  return { uid: nobody, gid: nobody };
}
