import { chmodSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { countersign } from "../rig/process/countersign.ts";
import { initRepo } from "../rig/repository/repo.ts";
import { openScratch } from "../rig/repository/scratch.ts";
import { readTree } from "../rig/repository/tree.ts";
import { AGENTS, agents, openProject, writeAll } from "./agents-project.ts";

const SETTINGS = ".claude/settings.json";
const DRESSED = '\ufeff{\r\n\t// ours, of old\r\n\t"model": "opus", // keep\r\n\t"hooks": { "Stop": [ ], },\r\n}';

describe("agents install and uninstall", () => {
  it.each(AGENTS)("leave the project of %s as it was, to the byte, folders included", (agent) => {
    using scratch = openScratch();
    const repo = openProject(scratch, { "src/a.txt": "a\n" });
    const before = readTree(repo.dir);
    agents(repo, "install", agent);
    const installed = readTree(repo.dir);
    expect(installed).not.toEqual(before);
    expect(agents(repo, "install", agent)).not.toMatch(/ (?:written|changed):/);
    expect(readTree(repo.dir)).toEqual(installed);
    agents(repo, "uninstall", agent);
    expect(readTree(repo.dir)).toEqual(before);
  });

  it("leave every agent's own settings as they were", () => {
    using scratch = openScratch();
    const merged = [SETTINGS, ".cursor/hooks.json", ".gemini/settings.json", ".kiro/hooks/other.json", ".crush.json"];
    const repo = openProject(scratch, Object.fromEntries(merged.map((path) => [path, DRESSED])));
    const before = readTree(repo.dir);
    agents(repo, "install", ...AGENTS);
    agents(repo, "uninstall");
    expect(readTree(repo.dir)).toEqual(before);
  });

  it("keep the mode of a file", () => {
    using scratch = openScratch();
    const repo = openProject(scratch, { [SETTINGS]: "{}\n" });
    const file = join(repo.dir, SETTINGS);
    chmodSync(file, 0o640);
    agents(repo, "install", "claude-code");
    expect(statSync(file).mode & 0o777).toBe(0o640);
    agents(repo, "uninstall");
    expect([statSync(file).mode & 0o777, readFileSync(file, "utf8")]).toEqual([0o640, "{}\n"]);
  });

  it("keep what people added to the files in between", () => {
    using scratch = openScratch();
    const repo = openProject(scratch);
    agents(repo, "install", "claude-code");
    const file = join(repo.dir, SETTINGS);
    const handler = '{ "type": "command", "command": "theirs" }';
    const text = readFileSync(file, "utf8")
      .replace('"hooks": [\n', `"hooks": [\n          ${handler},\n`)
      .replace(/\}\n$/, '  , "model": "opus" // mine\n}\n');
    writeAll(repo, { [SETTINGS]: text });
    agents(repo, "uninstall");
    const left = readFileSync(file, "utf8");
    expect(left).toContain('"model": "opus" // mine');
    expect(left).toContain(handler);
    expect(left).not.toContain("countersign");
    expect(JSON.parse(left.replace("// mine", ""))).toEqual({
      hooks: {
        PreToolUse: [{ matcher: "^(Bash|PowerShell|mcp__.*)$", hooks: [{ type: "command", command: "theirs" }] }],
      },
      model: "opus",
    });
  });

  it("write executables that can be executed", () => {
    using scratch = openScratch();
    const repo = openProject(scratch);
    agents(repo, "install", "cline");
    expect(statSync(join(repo.dir, ".clinerules/hooks/PreToolUse")).mode & 0o111).not.toBe(0);
  });
});

describe("agents install", () => {
  it("sets up the agents that the project has files of, and no others", () => {
    using scratch = openScratch();
    const repo = openProject(scratch, { "CLAUDE.md": "", ".cursor/rules/a.mdc": "", "AGENTS.md": "" });
    const said = agents(repo, "install");
    expect(said).toMatch(
      /^Claude Code\n {2}written: \.claude\/settings\.json\n {2}next: .+\nCursor\n {2}written: \.cursor\/hooks\.json\n/,
    );
    expect(Object.keys(readTree(repo.dir)).filter((path) => path.endsWith(".json"))).toEqual([
      SETTINGS,
      ".cursor/hooks.json",
      "package.json",
    ]);
  });

  it("writes nothing where no agent is detected, and names what the machine has", () => {
    using scratch = openScratch();
    const repo = openProject(scratch, { "AGENTS.md": "" });
    const bin = join(scratch.dir, "bin");
    mkdirSync(bin);
    writeAll(repo, { "../bin/claude": "#!/bin/sh\n" });
    chmodSync(join(bin, "claude"), 0o755);
    const before = readTree(repo.dir);
    const { status, stdout } = countersign(repo, ["agents", "install"], {
      env: { PATH: `${bin}:/usr/bin:/bin` },
    });
    expect(status).toBe(0);
    expect(stdout).toContain("countersign agents install claude-code\n");
    expect(readTree(repo.dir)).toEqual(before);
  });

  it("calls the program from the PATH where the project has no dependency on it, and anew once it has", () => {
    using scratch = openScratch();
    const repo = openProject(scratch, { "package.json": '{ "name": "x" }' });
    expect(agents(repo, "install", "claude")).toContain("from the PATH");
    expect(readFileSync(join(repo.dir, SETTINGS), "utf8")).not.toContain("node_modules");
    writeAll(repo, { "package.json": '{ "dependencies": { "countersign": "*" } }' });
    expect(agents(repo, "list")).toMatch(/^claude-code +\S+ +outdated /m);
    agents(repo, "install");
    const renewed = readFileSync(join(repo.dir, SETTINGS), "utf8");
    expect(renewed.match(/mark --agent claude-code/g)).toHaveLength(2);
    expect(renewed).toContain(String.raw`\"$CLAUDE_PROJECT_DIR\"/node_modules/.bin/countersign mark`);
    agents(repo, "uninstall");
    expect(Object.keys(readTree(repo.dir))).toEqual(["package.json"]);
  });

  it("shows with --dry-run what it would write, and writes nothing", () => {
    using scratch = openScratch();
    const repo = openProject(scratch, { [SETTINGS]: '{\n  "model": "opus"\n}\n' });
    const before = readTree(repo.dir);
    const said = agents(repo, "install", "--dry-run", "claude-code", "cline");
    expect(said).toContain(
      '  would change: .claude/settings.json\n    -   "model": "opus"\n    +   "model": "opus",\n',
    );
    expect(said).toContain("  would write: .clinerules/hooks/PreToolUse\n    + #!/bin/sh\n");
    expect(readTree(repo.dir)).toEqual(before);
    agents(repo, "install", "claude-code");
    const installed = readTree(repo.dir);
    expect(agents(repo, "uninstall", "--dry-run")).toContain("would change: .claude/settings.json");
    expect(readTree(repo.dir)).toEqual(installed);
  });

  it("writes at the root of the work tree, wherever it is called", () => {
    using scratch = openScratch();
    const repo = openProject(scratch, { "src/deep/a.txt": "" });
    const { status } = countersign(repo, ["agents", "install", "codex"], { cwd: join(repo.dir, "src/deep") });
    expect(status).toBe(0);
    expect(Object.keys(readTree(repo.dir))).toContain(".codex/hooks.json");
  });

  it("says so where git ignores what it wrote", () => {
    using scratch = openScratch();
    const repo = openProject(scratch, { ".gitignore": ".claude/\n" });
    expect(agents(repo, "install", "claude-code", "cursor")).toContain("git ignores .claude/settings.json: ");
    expect(agents(repo, "install", "codex")).not.toContain("git ignores");
  });

  it("takes the file that an agent has, where it has two names", () => {
    using scratch = openScratch();
    const repo = openProject(scratch, { ".crush.json": '{ "lsp": {} }' });
    expect(agents(repo, "install", "crush")).toContain("changed: .crush.json");
    expect(Object.keys(readTree(repo.dir))).toEqual([".crush.json", "package.json"]);
  });

  it("needs a work tree", () => {
    using scratch = openScratch();
    const repo = initRepo(scratch, "bare.git", ["--bare"]);
    const { status, stderr } = countersign(repo, ["agents", "install", "codex"]);
    expect({ status, code: stderr.split(":")[0] }).toEqual({ status: 2, code: "WORK_TREE_MISSING" });
  });
});
