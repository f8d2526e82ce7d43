import { describe, expect, it } from "vitest";
import { recordersPolicy, writeBeside } from "../../rig/agents/records.ts";
import { countersign } from "../../rig/process/countersign.ts";
import { attempt, expectAllowed, expectRefused } from "../../rig/worlds/attempt.ts";
import { COSIGN, openPushWorld, POLICY, type PushWorld } from "../../rig/worlds/push-world.ts";

const policy = recordersPolicy("entireCheckpoints");
const LOCAL = "refs/heads/entire/checkpoints/v1";
const REFS = "refs/entire/checkpoints";
const ULID = "01J9ZK4T7Q2M8V5XWB3CDEFGHA";
const RULES = "rules: [{ name: no Gemini here, agents: [gemini], deny: It is not licensed. }]\n";
const MARKED = "Retry uploads\n\nEntire-Checkpoint: ffd2a5cf8a87\n";

function checkpoint(agent: string): Readonly<Record<string, string>> {
  const common = { checkpoint_id: "ffd2a5cf8a87", strategy: "manual-commit", files_touched: ["a"] };
  return {
    "ff/d2a5cf8a87/metadata.json": JSON.stringify({
      ...common,
      sessions: [{ metadata: "/ff/d2a5cf8a87/0/metadata.json" }],
    }),
    "ff/d2a5cf8a87/0/metadata.json": JSON.stringify({ ...common, agent }),
    "ff/d2a5cf8a87/0/full.jsonl": "{}\n",
  };
}

function explain(world: PushWorld): string {
  return countersign(world.dev, ["explain", "HEAD"]).stdout;
}

describe("a checkpoint of Entire", () => {
  it.each([LOCAL, "refs/remotes/origin/entire/checkpoints/v1"])("names the agent of a commit from %s", (ref) => {
    using world = openPushWorld({ policy });
    writeBeside(world.dev, ref, checkpoint("Gemini CLI"));
    expectRefused(attempt(world, world.dev.commit(MARKED)), "COSIGN_MISSING", "made with entire, gemini (line 3)");
    expect(explain(world)).toContain(`gemini, checkpoint in ${ref}: ff/d2a5cf8a87/0: Gemini CLI\n`);
  });

  it.each<[what: string, ref: string, id: string, start: string]>([
    ["a new id at its own ref", `${REFS}/HA/${ULID}`, ULID, ""],
    ["an old id at its own ref", `${REFS}/87/ffd2a5cf8a87`, "FFD2A5CF8A87", ""],
    ["a new id on the branch", LOCAL, ULID, "01/J9ZK4T7Q2M8V5XWB3CDEFGHA/"],
    ["an old id where the branch stood for a while", `${REFS}/v1.1`, "ffd2a5cf8a87", "ff/d2a5cf8a87/"],
  ])("is found by %s", (_, ref, id, start) => {
    using world = openPushWorld({ policy: policy + RULES });
    writeBeside(world.dev, ref, {
      [`${start}metadata.json`]: JSON.stringify({ checkpoint_id: id, sessions: [{}] }),
      [`${start}0/metadata.json`]: JSON.stringify({ checkpoint_id: id, agent: "Gemini CLI" }),
    });
    const marked = `Retry uploads\n\nEntire-Checkpoint: ${id}\n${COSIGN}\n`;
    expectRefused(attempt(world, world.dev.commit(marked)), "DENIED_BY_RULE");
    expect(explain(world)).toContain(`gemini, checkpoint in ${ref}: ${start}0: Gemini CLI\n`);
  });

  it("at another checkpoint's ref says nothing of this one", () => {
    using world = openPushWorld({ policy: policy + RULES });
    writeBeside(world.dev, `${REFS}/HB/${ULID.slice(0, -1)}B`, { "metadata.json": '{ "agent": "Gemini CLI" }' });
    const marked = `Retry uploads\n\nEntire-Checkpoint: ${ULID}\n${COSIGN}\n`;
    expectAllowed(attempt(world, world.dev.commit(marked)), "made with entire (line 3)");
  });

  it("is taken from the branch here before one that was fetched", () => {
    using world = openPushWorld({ policy });
    writeBeside(world.dev, LOCAL, checkpoint("Claude Code"));
    writeBeside(world.dev, "refs/remotes/origin/entire/checkpoints/v1", checkpoint("Gemini CLI"));
    expectRefused(attempt(world, world.dev.commit(MARKED)), "made with entire, claude-code (line 3)");
  });

  it("makes a rule about its agent apply", () => {
    using world = openPushWorld({ policy: policy + RULES });
    writeBeside(world.dev, LOCAL, checkpoint("Gemini CLI"));
    expectRefused(attempt(world, world.dev.commit(`${MARKED}${COSIGN}\n`)), "DENIED_BY_RULE");
    writeBeside(world.dev, LOCAL, checkpoint("Claude Code"));
    expectAllowed(attempt(world, world.dev.oid("HEAD")), "made with entire, claude-code");
  });

  it("is not asked where the policy does not say so, and the trailer counts all the same", () => {
    using world = openPushWorld({ policy: POLICY });
    writeBeside(world.dev, LOCAL, checkpoint("Gemini CLI"));
    expectRefused(attempt(world, world.dev.commit(MARKED)), "made with entire (line 3)");
  });

  it("that no commit names says nothing", () => {
    using world = openPushWorld({ policy });
    writeBeside(world.dev, LOCAL, checkpoint("Gemini CLI"));
    expectAllowed(attempt(world, world.dev.commit("Retry uploads\n")));
    expectAllowed(
      attempt(
        world,
        world.dev.commit("Say how Entire marks commits\n\nIt writes:\n\n    Entire-Checkpoint: ffd2a5cf8a87\n"),
      ),
    );
  });

  it.each<[what: string, files: Readonly<Record<string, string>>, told: RegExp]>([
    [
      "is damaged",
      { "ff/d2a5cf8a87/0/metadata.json": "{" },
      /too weak to count: not read: ff\/d2a5cf8a87\/0\/metadata\.json is not a JSON/,
    ],
    ["is a file", { "ff/d2a5cf8a87": "{}" }, /state +assisted/],
    ["has a folder for its metadata", { "ff/d2a5cf8a87/0/metadata.json/a": "{}" }, /state +assisted/],
    ["is missing", { "00/0000000000/metadata.json": "{}" }, /state +assisted/],
  ])("leaves the trailer's word where it %s", (_, files, told) => {
    using world = openPushWorld({ policy });
    writeBeside(world.dev, LOCAL, files);
    expectRefused(attempt(world, world.dev.commit(MARKED)), "made with entire (line 3)");
    expect(explain(world)).toMatch(told);
  });
});
