import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { attachNote, authorshipLog, recordersPolicy, traceRecord, writeBeside } from "../rig/agents/records.ts";
import { countersign } from "../rig/process/countersign.ts";
import { openPushWorld, POLICY, type PushWorld } from "../rig/worlds/push-world.ts";

// A replay that knew less of a commit than a push does would promise what the push then refuses.

function json({ dev }: PushWorld, args: readonly string[], policy: string) {
  writeFileSync(join(dev.dir, "countersign.config.yaml"), policy);
  const { status, stdout, stderr } = countersign(dev, [...args, "--format", "json"]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return JSON.parse(stdout);
}

const subjects = (commits: readonly { subject: string }[]): string[] => commits.map(({ subject }) => subject).sort();
const simulate = (world: PushWorld, policy: string) => json(world, ["simulate", "--work-tree-policy"], policy);
const diff = (world: PushWorld, policy: string) => json(world, ["policy", "diff", "start"], policy);

describe("what other tools recorded about landed commits", () => {
  /** A server's history of three commits that say nothing, each with a record elsewhere, and one by hand. */
  function openRecorded(): PushWorld {
    const world = openPushWorld();
    const { dev } = world;
    dev.git(["tag", "start"]);
    attachNote(dev, dev.commit("Noted\n"), authorshipLog("claude"));
    const files = { "ff/d2a5cf8a87/0/metadata.json": '{"agent":"Gemini CLI"}' };
    writeBeside(dev, "refs/heads/entire/checkpoints/v1", files);
    dev.commit("Checked\n\nEntire-Checkpoint: ffd2a5cf8a87\n");
    dev.commit("Traced\n", { files: { a: "1\n", ".agent-trace/traces.jsonl": traceRecord("a", "ai") } });
    dev.commit("By hand\n");
    dev.git(["push", "-q", "--no-verify", "origin", "main"]);
    return world;
  }

  const names = (all: readonly { agent: string }[]): string[] => all.map(({ agent }) => agent).sort();

  it("counts in a simulation where the policy says so", () => {
    using world = openRecorded();
    const found = simulate(world, recordersPolicy("gitAiNotes", "entireCheckpoints", "agentTrace"));
    expect(found).toMatchObject({ commits: 5, assisted: 3, refused: 3 });
    expect(names(found.agents)).toEqual(["claude-code", "cursor", "entire", "gemini"]);
    const noted = simulate(world, recordersPolicy("gitAiNotes"));
    expect(noted).toMatchObject({ commits: 5, assisted: 2, refused: 2 });
    expect(names(noted.agents)).toEqual(["claude-code", "entire"]);
    // An Entire-Checkpoint line names an agent by itself.
    expect(simulate(world, POLICY)).toMatchObject({ commits: 5, assisted: 1, refused: 1 });
  });

  it("is named as the difference between policies of which one has it read", () => {
    using world = openRecorded();
    const { flips } = diff(world, recordersPolicy("gitAiNotes", "agentTrace"));
    expect(subjects(flips)).toEqual(["Noted", "Traced"]);
    for (const flip of flips) {
      expect(flip).toMatchObject({
        before: { outcome: "allow" },
        after: { outcome: "deny", codes: ["COSIGN_MISSING"] },
      });
      expect(flip.because).toEqual([{ kind: "field", name: "evidence", change: "changed" }]);
    }
  });
});

describe("where everything must be disclosed, a merge that brings nothing of its own", () => {
  const REQUIRED = `${POLICY}disclosure: required\n`;

  it("passes in a replay as it does in a push, also where only one of two policies asks", () => {
    using world = openPushWorld();
    const { dev } = world;
    dev.git(["tag", "start"]);
    dev.git(["switch", "-q", "-c", "side"]);
    dev.commit("Say nothing\n");
    dev.git(["switch", "-q", "main"]);
    dev.commit("Say so\n\nAssisted-by: none\n");
    dev.git(["merge", "-q", "--no-edit", "side"]);
    dev.git(["push", "-q", "--no-verify", "origin", "main"]);
    // Where there are merges, what they brought in is replayed.
    expect(subjects(simulate(world, REQUIRED).newest)).toEqual(["Say nothing"]);
    expect(subjects(diff(world, REQUIRED).flips)).toEqual(["Say nothing", "Start"]);
  });
});
