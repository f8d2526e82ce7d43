import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AGENTS } from "../cli/agents-project.ts";
import { expectFault } from "../rig/process/countersign.ts";
import { existsIn, filesOf, makeTemplate, readIn, type Template } from "./adopter.ts";

const SETTINGS = ".claude/settings.json";
const DRESSED = '\ufeff{\r\n\t// ours, of old\r\n\t"model": "opus", // keep\r\n\t"hooks": { "Stop": [ ], },\r\n}';

describe("countersign init --agents", () => {
  let template: Template;
  beforeAll(() => {
    template = makeTemplate();
  });
  afterAll(() => template[Symbol.dispose]());

  it("sets up the agents that the project has files of", () => {
    using adopter = template.open((repo) => repo.write({ "CLAUDE.md": "", ".cursor/rules/a.mdc": "" }));
    const { stdout } = adopter.init("--agents");
    expect(stdout).toContain(`  create    ${SETTINGS}\n            lets Claude Code mark what it writes\n`);
    expect(stdout).toContain("note: Claude Code: start a new session;");
    expect(stdout).toMatch(/^ {2}git add .* \.claude\/settings\.json \.cursor\/hooks\.json \.gitattributes$/m);
    expect(readIn(adopter.repo, SETTINGS)).toContain("node_modules/.bin/countersign mark --agent claude-code");
    expect(existsIn(adopter.repo, ".codex")).toBe(false);
    expect(adopter.init("--agents", "yes").stdout).toContain("everything is set up");
  });

  it("leaves agents alone that nobody asked for", () => {
    using adopter = template.open((repo) => repo.write({ "CLAUDE.md": "" }));
    const { stdout } = adopter.init();
    expect(stdout).not.toContain("Claude");
    expect(existsIn(adopter.repo, SETTINGS)).toBe(false);
  });

  it("sets up the agents that are named, each once, and tells one next step for those that share it", () => {
    using adopter = template.open((repo) => repo.write({ "CLAUDE.md": "" }));
    const { stdout } = adopter.init("--agents", "codex", "crush", "claude", "claude-code", "qwen-code");
    expect(stdout).toMatch(
      /^note: Crush, Qwen Code: start a new session; running ones do not know the hooks\n {6}yet$/m,
    );
    expect([existsIn(adopter.repo, ".codex/hooks.json"), existsIn(adopter.repo, SETTINGS)]).toEqual([true, true]);
  });

  it("says so where the project has no file of any agent, and does the rest", () => {
    using adopter = template.open();
    const first = adopter.init("--agents").stdout;
    expect(first).toContain("note: no agent has left a file in this project: name those that it uses");
    expect(first).toContain("countersign: set up");
    const again = adopter.init("--agents").stdout;
    expect(again).toMatch(/everything is set up \(husky\)\n(?:note: .+\n)?note: no agent has left a file/);
  });

  it("is taken back byte for byte, of every agent, and from files that they had", () => {
    using adopter = template.open((repo) => repo.write({ [SETTINGS]: DRESSED, ".clinerules/ours.md": "ours\n" }));
    const before = filesOf(adopter.repo.dir);
    adopter.init("--agents", ...AGENTS);
    expect(readIn(adopter.repo, SETTINGS)).toMatch(/^\ufeff\{\r\n\t\/\/ ours, of old\r\n[\s\S]*countersign mark/);
    expect(adopter.countersign("agents", "install", ...AGENTS).stdout).not.toMatch(/ (?:written|changed):/);
    const { status, stderr } = adopter.countersign("uninstall", "--yes");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(filesOf(adopter.repo.dir)).toEqual(before);
  });

  it("leaves nothing to take back where `agents uninstall` has done it", () => {
    using adopter = template.open();
    const before = filesOf(adopter.repo.dir);
    adopter.init("--agents", "claude-code", "cline");
    adopter.countersign("agents", "uninstall");
    expect(adopter.countersign("uninstall", "--yes").status).toBe(0);
    expect(filesOf(adopter.repo.dir)).toEqual(before);
  });

  it("shows with --dry-run what it would write, and writes nothing", () => {
    using adopter = template.open();
    const before = filesOf(adopter.repo.dir);
    const { stdout } = adopter.init("--dry-run", "--agents", "cline");
    expect(stdout).toContain("  create    .clinerules/hooks/PreToolUse\n");
    expect(filesOf(adopter.repo.dir)).toEqual(before);
  });

  it("warns of files that git ignores", () => {
    using adopter = template.open((repo) => repo.write({ ".gitignore": "node_modules/\n.claude/\n" }));
    expect(adopter.init("--agents", "claude-code").stdout).toContain(
      `note: git ignores ${SETTINGS}: remove it from .gitignore first`,
    );
  });

  it.each([
    ["an agent that nobody knows", "hal", {}, "AGENT_UNKNOWN"],
    ["an agent without hooks", "aider", {}, "AGENT_WITHOUT_HOOKS"],
    ["settings that are no JSON", "claude-code", { [SETTINGS]: "{" }, "AGENT_FILE_INVALID"],
  ])("refuses %s before anything is written", (_, agent, files, code) => {
    using adopter = template.open((repo) => repo.write(files));
    const before = filesOf(adopter.repo.dir);
    expectFault(adopter.countersign("init", "--yes", "--agents", "codex", agent), code);
    expect(filesOf(adopter.repo.dir)).toEqual(before);
  });
});
