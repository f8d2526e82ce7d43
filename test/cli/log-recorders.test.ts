import { expect, it } from "vitest";
import { attachNote, authorshipLog, traceRecord, writeBeside } from "../rig/agents/records.ts";
import { countersign } from "../rig/process/countersign.ts";
import { openPushWorld } from "../rig/worlds/push-world.ts";

it("the log tells what other recorders hold where that is asked for, whatever a policy says", () => {
  using world = openPushWorld({ policy: null });
  const { dev } = world;
  attachNote(dev, dev.commit("Noted\n"), authorshipLog("claude"));
  const files = { "ff/d2a5cf8a87/0/metadata.json": '{"agent":"Gemini CLI"}' };
  writeBeside(dev, "refs/heads/entire/checkpoints/v1", files);
  dev.commit("Checked\n\nEntire-Checkpoint: ffd2a5cf8a87\n");
  dev.commit("Traced\n", { files: { a: "1\n", ".agent-trace/traces.jsonl": traceRecord("a", "ai") } });
  dev.commit("By hand\n");
  const read = (...args: readonly string[]): string[] => {
    const { status, stdout, stderr } = countersign(dev, ["log", "HEAD~4..HEAD", "--format", "jsonl", ...args]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const entries = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    return entries.map(({ subject, state, agents }) => `${subject}: ${[state, ...agents].join(" ")}`);
  };
  expect(read("--recorders")).toEqual([
    "By hand: undeclared",
    "Traced: assisted cursor",
    "Checked: assisted entire gemini",
    "Noted: assisted claude-code",
  ]);
  expect(read()).toEqual([
    "By hand: undeclared",
    "Traced: undeclared",
    "Checked: assisted entire",
    "Noted: undeclared",
  ]);
});
