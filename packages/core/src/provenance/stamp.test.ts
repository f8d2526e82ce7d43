import { describe, expect, it } from "vitest";
import { buildAgentIndex } from "./agent-index.ts";
import { formatStamp, stampName } from "./stamp.ts";

describe("a stamp names", () => {
  it.each([
    ["Claude Code:claude-opus-5", { agent: "claude-code", model: "claude-opus-5" }],
    ["Kiro", { agent: "kiro" }],
    ["Devin", { agent: "devin" }],
    ["GitHub Copilot:gpt-5.2", { agent: "copilot", model: "gpt-5.2" }],
    ["opencode:anthropic/claude-opus-5", { agent: "opencode", model: "anthropic/claude-opus-5" }],
    ["AI", { agent: "unknown" }],
    ["AI:gpt-5", { agent: "no such agent", model: "gpt-5" }],
  ])("%s", (value, stamp) => {
    expect(formatStamp(stamp)).toBe(value);
  });

  it("an agent of the policy as the policy does", () => {
    const index = buildAgentIndex({ agents: [{ id: "acme-bot", name: "Acme Bot", emails: ["bot@acme.example"] }] });
    expect(formatStamp({ agent: "acme-bot", model: "m-1" }, { index })).toBe("Acme Bot:m-1");
  });

  it.each([
    ["Assisted-by", "Devin"],
    ["Co-authored-by", "Devin AI"],
    ["Co-developed-by", "Devin AI"],
  ])("an agent that shares its name with people so that %s is not read as one of them: %s", (key, name) => {
    expect(stampName("devin", { key })).toBe(name);
  });

  it.each([
    ["Generated-by", "Happy agent"],
    ["Co-authored-by", "Happy agent"],
    ["Reviewed-by", "happy"],
  ])("an agent whose every name is a plain word so that %s proves it, where it can prove anything: %s", (key, name) => {
    expect(stampName("happy", { key })).toBe(name);
  });
});

describe("a stamp keeps of the model", () => {
  it.each([
    ["claude-opus-4-5@20251101", "claude-opus-4-5-20251101"],
    ["us.anthropic.claude-sonnet-4-v1:0", "us.anthropic.claude-sonnet-4-v1:0"],
    ["Claude Opus 4.5 (1M context)", "Claude-Opus-4.5-1M-context"],
    ["gpt-5, gpt-5-mini", "gpt-5-gpt-5-mini"],
    ["gpt-5\nCo-signed-by: Eve <eve@evil.example>", "gpt-5-Co-signed-by:-Eve-eve-evil.example"],
    ["  \u202egpt-5\u0007\u001b[31m", "gpt-5-31m"],
    ["[gpt-5]", "gpt-5"],
    ["…", ""],
    ["", ""],
    [`m-${"5".repeat(500)}`, `m-${"5".repeat(78)}`],
  ])("%j what can be read back: %j", (model, kept) => {
    expect(formatStamp({ agent: "kiro", model })).toBe(kept === "" ? "Kiro" : `Kiro:${kept}`);
  });
});
