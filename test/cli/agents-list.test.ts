import { expect, it } from "vitest";
import { countersign } from "../rig/process/countersign.ts";
import { openScratch } from "../rig/repository/scratch.ts";
import { AGENTS, agents, openProject, writeAll } from "./agents-project.ts";

it("lists every agent with what it is detected by and how its hooks stand", () => {
  using scratch = openScratch();
  const repo = openProject(scratch, { "CLAUDE.md": "", ".cursor/hooks.json": "{ nonsense", "GEMINI.md": "" });
  agents(repo, "install", "claude-code", "codex");
  const { stdout } = countersign(repo, ["agents", "list"], { env: { PATH: "/usr/bin:/bin" } });
  const rows = stdout.split("\n").map((line) => line.split(/ {2,}/));
  expect(rows[0]).toEqual(["agent", "detected by", "hooks", "file"]);
  const shown = new Set(["claude-code", "codex", "gemini", "cursor", "copilot"]);
  expect(rows.filter(([agent = ""]) => shown.has(agent))).toEqual([
    ["claude-code", ".claude, CLAUDE.md", "yes", ".claude/settings.json"],
    ["codex", ".codex", "yes", ".codex/hooks.json"],
    ["gemini", "GEMINI.md", "no", ".gemini/settings.json"],
    [
      "cursor",
      ".cursor",
      "unreadable",
      ".cursor/hooks.json cannot be changed: it is not JSON: line 1, column 3: invalid symbol",
    ],
    ["copilot", "-", "no", ".github/hooks/countersign.json"],
  ]);
  expect(rows.find(([agent]) => agent === "aider")?.[2]).toBe("not supported");
});

it("lists the same as JSON", () => {
  using scratch = openScratch();
  const repo = openProject(scratch);
  agents(repo, "install", "cline", "kiro");
  writeAll(repo, { ".clinerules/hooks/PreToolUse": "#!/bin/sh\n# mine\n" });
  const listed: { agent: string; hooks: string }[] = JSON.parse(agents(repo, "list", "--format", "json"));
  expect(listed.slice(0, AGENTS.length).map(({ agent }) => agent)).toEqual(AGENTS);
  expect(listed.find(({ agent }) => agent === "cline")?.hooks).toBe("outdated");
  expect(listed.find(({ agent }) => agent === "kiro")).toEqual({
    agent: "kiro",
    name: "Kiro",
    detected: { paths: [".kiro"], programs: [] },
    hooks: "yes",
    files: [".kiro/hooks/countersign.json"],
  });
  expect(listed.find(({ agent }) => agent === "kimi")).toMatchObject({ hooks: "not supported", files: [] });
});
