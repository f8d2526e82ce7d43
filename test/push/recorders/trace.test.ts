import { describe, expect, it } from "vitest";
import { recordersPolicy, traceRecord } from "../../rig/agents/records.ts";
import { countersign } from "../../rig/process/countersign.ts";
import { attempt, expectAllowed, expectRefused } from "../../rig/worlds/attempt.ts";
import { COSIGN, openPushWorld, POLICY, type PushWorld } from "../../rig/worlds/push-world.ts";

const policy = recordersPolicy("agentTrace");
const TRACES = ".agent-trace/traces.jsonl";
const FROM = "made with cursor (.agent-trace/traces.jsonl)";
const JUNK = `no JSON\n{"files":1}\n\n"ai"\n${"[".repeat(5000)}"ai"\n`;

function explain(world: PushWorld, commit: string): string {
  return countersign(world.dev, ["explain", commit]).stdout;
}

describe("a commit that brings records of Agent Trace", () => {
  it.each<[what: string, traces: string]>([
    ["about a file that it changes", traceRecord("src/a.ts", "ai")],
    ["about mixed work in it", traceRecord("src/a.ts", "mixed")],
    ["among people's records", traceRecord("src/a.ts", "human") + traceRecord("src/a.ts", "ai")],
    ["among junk", JUNK + traceRecord("src/a.ts", "ai") + JUNK],
    ["in a file that ends within a line", traceRecord("src/a.ts", "ai").trimEnd()],
  ])("is assisted: %s", (_, traces) => {
    using world = openPushWorld({ policy });
    const tip = world.dev.commit("Retry\n", { files: { "src/a.ts": "1\n", [TRACES]: traces } });
    expectRefused(attempt(world, tip), "COSIGN_MISSING", FROM);
    expect(explain(world, tip)).toContain("cursor, note in .agent-trace/traces.jsonl: src/a.ts: ");
  });

  it("passes with a co-sign", () => {
    using world = openPushWorld({ policy });
    const files = { "src/a.ts": "1\n", [TRACES]: traceRecord("src/a.ts", "ai") };
    expectAllowed(attempt(world, world.dev.commit(`Retry\n\n${COSIGN}\n`, { files })), FROM);
  });

  it.each<[what: string, traces: string]>([
    ["about a person's work", traceRecord("src/a.ts", "human")],
    ["about nobody's", traceRecord("src/a.ts", "unknown")],
    ["about another file", traceRecord("src/b.ts", "ai")],
    ["that are all junk", JUNK],
    ["of which there are none", ""],
  ])("is no more than any other where they are %s", (_, traces) => {
    using world = openPushWorld({ policy });
    expectAllowed(attempt(world, world.dev.commit("Retry\n", { files: { "src/a.ts": "1\n", [TRACES]: traces } })));
  });

  it("is no more than any other where they were there before", () => {
    using world = openPushWorld({ policy });
    const old = traceRecord("src/a.ts", "ai");
    expectAllowed(attempt(world, world.dev.commit("Keep records\n", { files: { [TRACES]: old } })));
    expectAllowed(attempt(world, world.dev.commit("Edit by hand\n", { files: { "src/a.ts": "2\n" } })));
    const files = { "src/a.ts": "3\n", [TRACES]: traceRecord("src/b.ts", "ai") + old };
    expectAllowed(attempt(world, world.dev.commit("Edit by hand, and records of others\n", { files })));
    expectAllowed(attempt(world, world.dev.commit("Drop records\n", { files: { "src/a.ts": "4\n", [TRACES]: null } })));
  });

  it("is no more than any other where it merges what others recorded", () => {
    using world = openPushWorld({ policy });
    const { dev } = world;
    const files = { "src/a.ts": "1\n", [TRACES]: traceRecord("src/a.ts", "ai") };
    dev.git(["checkout", "-q", "-b", "side"]);
    dev.commit(`Retry\n\n${COSIGN}\n`, { files });
    dev.git(["checkout", "-q", "main"]);
    dev.commit("Meanwhile\n");
    dev.git(["merge", "-q", "-m", "Merge branch 'side'", "side"]);
    expectAllowed(attempt(world, dev.oid("HEAD")), "3 new commits, 1 AI-assisted");
  });

  it("is no more than any other where the policy does not have them read", () => {
    using world = openPushWorld({ policy: POLICY });
    const files = { "src/a.ts": "1\n", [TRACES]: traceRecord("src/a.ts", "ai") };
    expectAllowed(attempt(world, world.dev.commit("Retry\n", { files })));
  });

  it("may bring too many to read, which is told", () => {
    using world = openPushWorld({ policy });
    const files = { "src/a.ts": "1\n", [TRACES]: traceRecord("src/a.ts", "ai").repeat(60_000) };
    const tip = world.dev.commit("Retry\n", { files });
    expectAllowed(attempt(world, tip));
    expect(explain(world, tip)).toMatch(/too weak to count: not read: the file with id [0-9a-f]{40} has \d+ bytes/);
  });

  it.each<[what: string, files: Readonly<Record<string, string>>]>([
    ["a file in the folder's place", { ".agent-trace": traceRecord("src/a.ts", "ai") }],
    ["a folder in the file's place", { [`${TRACES}/a`]: traceRecord("src/a.ts", "ai") }],
  ])("may have %s", (_, files) => {
    using world = openPushWorld({ policy });
    expectAllowed(attempt(world, world.dev.commit("Retry\n", { files: { "src/a.ts": "1\n", ...files } })));
  });
});

describe("a commit that a later record names by its id", () => {
  it("is assisted, where its file is as it left it", () => {
    using world = openPushWorld({ policy });
    const made = world.dev.commit("Retry\n", { files: { "src/a.ts": "1\n" } });
    const tip = world.dev.commit("Record\n", { files: { [TRACES]: traceRecord("src/a.ts", "ai", made) } });
    const refused = attempt(world, tip);
    expectRefused(refused, "COSIGN_MISSING", '"Retry"', FROM);
    expect(refused.stderr).toContain("2 new commits, 1 AI-assisted");
    expect(explain(world, made)).toContain("state     assisted");
  });

  it("is not, where an agent started from it: the record came with what was made then", () => {
    using world = openPushWorld({ policy });
    const start = world.dev.commit("By hand\n", { files: { "src/a.ts": "1\n" } });
    const files = { "src/a.ts": "2\n", [TRACES]: traceRecord("src/a.ts", "ai", start) };
    const refused = attempt(world, world.dev.commit("By an agent\n", { files }));
    expectRefused(refused, "COSIGN_MISSING", '"By an agent"');
    expect(refused.stderr).toContain("2 new commits, 1 AI-assisted");
    expect(explain(world, start)).toContain("cursor, note in .agent-trace/traces.jsonl, too weak to count");
  });

  it("is not, where it does not change the file that the record is about", () => {
    using world = openPushWorld({ policy });
    const made = world.dev.commit("Retry\n", { files: { "src/b.ts": "1\n" } });
    const traces = traceRecord("src/a.ts", "ai", made) + traceRecord("src/b.ts/c", "ai", made);
    expectAllowed(attempt(world, world.dev.commit("Record\n", { files: { [TRACES]: traces } })));
  });
});
