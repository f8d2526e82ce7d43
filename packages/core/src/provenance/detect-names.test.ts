import { describe, expect, it } from "vitest";
import { detectProvenance } from "./detect.ts";
import { body, summary } from "./detect-case.fixture.ts";

/** State, agent and model of what one line tells. */
function told(line: string): string {
  const { state, evidence } = detectProvenance(body(line));
  return [state, ...evidence.flatMap(({ agent, model }) => [agent, ...(model === undefined ? [] : [model])])].join(" ");
}

describe("a stamp of an agent that the catalogue lacks", () => {
  it.each([
    ["Assisted-by: NewAgent:model-1", "assisted unknown model-1"],
    ["Assisted-by: Tabnine:tabnine-protected", "assisted unknown tabnine-protected"],
    ["Assisted-by: MyBot:foo-2.0 [coccinelle] [sparse]", "assisted unknown foo-2.0"],
    ["Assisted-by: MyBot:foo-2.0 coccinelle sparse", "assisted unknown foo-2.0"],
    ["Assisted-by: Xcode:claude", "assisted unknown claude"],
    ["Aided-by: my_bot:vendor/model+tools", "assisted unknown vendor/model+tools"],
    ["assisted-BY: `NewAgent:model-1`", "assisted unknown model-1"],
    ["Generated-by: NewAgent:model-1", "assisted unknown model-1"],
    ["Assisted-by:", "undeclared"],
  ])("counts: %s", (line, expected) => {
    expect(told(line)).toBe(expected);
  });

  it.each([
    "Assisted-by: Priya Nair",
    "Assisted-by: Priya Nair: the tests",
    "Assisted-by: Priya:the <priya@example.org>",
    "Assisted-by: norbertmm on github",
    "Assisted-by: https://example.org/x",
    "Assisted-by: Foo::Bar",
    "Assisted-by: 10:30",
    "Assisted-by: review:2",
    "Assisted-by: @priya",
    "Co-authored-by: NewAgent:model-1",
    "Generated-by: acme/ci-config:roles/sync-docs",
    "Generated-by: scripts:update-docs",
    "Generated-by: protoc:27.1",
    "Generated-by: buf:v1.30.0",
    "Generated-by: golang:1.22-alpine",
    "Generated-by: registry:5000/tools",
    "Assisted-by: spatch:v1.2",
    "Fixes: NewAgent:model-1",
  ])("is not seen in: %s", (line) => {
    expect(told(line)).toBe("undeclared");
  });

  it("is no way to say that none took part", () => {
    expect(summary(body("Assisted-by: none:typed"))).toBe("declared-human");
  });
});

describe("a name by which an agent's program is called", () => {
  it.each([
    ["Assisted-by: codex-cli", "codex"],
    ["Assisted-by: codex_cli", "codex"],
    ["Assisted-by: Codex CLI:gpt-5.3", "codex"],
    ["Assisted-by: copilot-cli", "copilot"],
    ["Assisted-by: github_copilot", "copilot"],
    ["Assisted-by: github-copilot-vscode", "copilot"],
    ["Assisted-by: claude_code", "claude-code"],
    ["Assisted-by: claude-desktop", "claude-code"],
    ["Assisted-by: claude-opus", "claude-code"],
    ["Assisted-by: gemini-cli-agent", "gemini"],
    ["Assisted-by: cursor-composer", "cursor"],
    ["Assisted-by: windsurf_cascade", "windsurf"],
    ["Assisted-by: cline-vscode-extension", "cline"],
    ["Assisted-by: amazonq", "amazon-q"],
    ["Assisted-by: claude.ai", "claude-code"],
    ["Assisted-by: the Claude Code agent", "claude-code"],
    ["Assisted-by: @claude", "claude-code"],
    ["Assisted-by: claude-code-action", "claude-code"],
    ["Assisted-by: windsurf-editor", "windsurf"],
    ["Assisted-by: Codeium", "windsurf"],
    ["Assisted-by: Ollama", "unknown"],
    ["Assisted-by: o4-mini", "unknown"],
    ["Assisted-with: codex-cli", "codex"],
    ["Generated-with: Claude Code", "claude-code"],
    ["Generated-by: codex-cli", "codex"],
    ["Generated-by: cursor-agent", "cursor"],
    ["Co-authored-by: copilot-cli", "copilot"],
    ["Co-authored-by: cline-cli", "cline"],
    ["Co-authored-by: ona-agent", "ona"],
  ])("is read as that agent: %s", (line, agent) => {
    expect(summary(body(line))).toBe(`assisted authored ${agent}`);
  });

  it.each([
    ["Assisted-by: codex-cli:gpt-5.3", "assisted codex gpt-5.3"],
    ["Assisted-by: codex_cli (gpt-5.3)", "assisted codex gpt-5.3"],
    ["Assisted-by: codex-cli-0.40.1", "assisted codex"],
    ["Assisted-by: claude-opus-4-6", "assisted claude-code claude-opus-4-6"],
    ["Assisted-by: gpt-5-codex", "assisted codex gpt-5-codex"],
  ])("may have a model or a version behind it: %s", (line, expected) => {
    expect(told(line)).toBe(expected);
  });

  it.each([
    "Assisted-by: Claude-Michel",
    "Assisted-by: Claude-Michel <cm@example.org>",
    "Co-authored-by: Claude-Michel <cm@example.org>",
    "Assisted-by: Devin-Pohly",
    "Assisted-by: Devin_Pohly",
    "Assisted-by: cursor-blink",
    "Assisted-by: codex-alimentarius",
    "Assisted-by: Jules-Webb",
    "Assisted-by: claude-code-monet",
    "Generated-by: cursor-cli-blink",
    "Assisted-by: Ki Ro",
    "Assisted-by: @claude-monet",
    "Assisted-by: the Bertins",
    "Assisted-by: graphite.example",
    "Created-with: love",
  ])("is none where a person's name or another word goes on: %s", (line) => {
    expect(told(line)).toBe("undeclared");
  });
});

describe("a tool of people's that has an agent's name", () => {
  it.each([
    "Generated-by: goose v3.24.1",
    "Generated-by: goose",
    "Generated-by: goose-3.24.1",
    "Generated-by: goose (v3.24.1)",
    "Generated-by: goose:3.24.1",
    "Generated-by: Hermes 0.12",
    "Generated by: Graphite",
    "Generated-by: Crush 2.0",
    "Generated-by: Zed",
    "Generated-by: Zed 0.140.0-rc1",
    "Generated-by: Happy 1.20",
    "Generated by: Warp (1.4)",
    "Generated-by: Bolt, version 2",
  ])("makes nobody an agent: %s", (line) => {
    expect(summary(body(line))).toBe("undeclared");
  });

  it.each([
    ["Assisted-by: goose v3.24.1", "goose"],
    ["Commit-generated-by: Crush", "crush"],
    ["AI-tool: Zed", "zed"],
    ["Generated-by: goose (claude-opus-4-6)", "goose"],
    ["Generated-by: Zed:gpt-5", "zed"],
    ["Generated-by: GLM 5 via Crush", "crush"],
    ["Generated-by: Cursor Agent", "cursor"],
    ["Generated-by: Cline agent", "cline"],
    ["Generated-by: Factory Droid", "droid"],
    ["Generated-by: Claude", "claude-code"],
    ["Generated-by: Opus 4.5", "claude-code"],
    ["Generated-by: Gemini 2.5", "gemini"],
    ["Generated-by: AI", "unknown"],
    ["Co-authored-by: Crush 2.0", "crush"],
  ])("is the agent where the line says so: %s", (line, agent) => {
    expect(summary(body(line))).toBe(`assisted authored ${agent}`);
  });

  it.each([
    ["Assisted-by: goose v3.24.1", "assisted goose"],
    ["Assisted-by: Claude Code 2.1.0", "assisted claude-code"],
    ["Assisted-by: Claude 4.5", "assisted claude-code 4.5"],
    ["Assisted-by: Claude 3.5 Sonnet", "assisted claude-code 3.5 Sonnet"],
    ["Assisted-by: goose (gpt-5)", "assisted goose gpt-5"],
  ])("a version is no model: %s", (line, expected) => {
    expect(told(line)).toBe(expected);
  });
});

describe("a key that speaks of AI itself", () => {
  it.each([
    "AI-assisted: partially",
    "AI-assisted: Yes",
    "AI-generated: 80%",
    "AI-generated: mostly",
    "AI-used: yes",
    "AI-tool-used: Claude Code",
    "AI-usage: minor",
  ])("says that an agent took part: %s", (line) => {
    expect(summary(body(line))).toMatch(/^assisted /);
  });

  it.each(["AI-assisted: 0%", "AI-assisted: not used", "AI-usage: never", "AI-generated: -", "Mostly: AI"])(
    "says nothing of the kind: %s",
    (line) => {
      expect(summary(body(line))).toBe("undeclared");
    },
  );
});
